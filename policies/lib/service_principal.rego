# METADATA
# title: Service principals
# description: What rules about service principals share.
package zerotrust.lib.service_principal

import data.zerotrust.lib.label

# METADATA
# description: Whether it is known to be a managed identity or Microsoft's, which their makers look after.
looked_after(principal) if principal.managed_identity == true

looked_after(principal) if principal.first_party == true

# METADATA
# description: Whether it is known to be an application of another organisation that is not Microsoft.
foreign(principal) if {
	principal.own == false
	not looked_after(principal)
}

# METADATA
# description: |-
#   Secrets and certificates that prove who the application is. What signs its SAML tokens does not. The rule needs
#   `service_principal.credentials` among its `requires`.
credentials(principal) := [] if looked_after(principal)

credentials(principal) := [credential |
	some credential in principal.credentials
	not _signs_saml(principal, credential)
] if {
	not looked_after(principal)
}

# METADATA
# description: A granted permission as findings name it.
named(permission) := {
	"permission": label.first_of([permission.name, permission.id]),
	"resource": label.first_of([permission.resource.name, permission.resource.app_id]),
}

# One certificate for signing is three credentials: a key to sign, one to verify, and the password of the first.
_signs_saml(principal, credential) if {
	principal.preferred_single_sign_on_mode == "saml"
	some signing in principal.credentials
	signing.usage == "Sign"
	_belong_together(credential, signing)
}

_belong_together(credential, signing) if {
	credential.id != null
	credential.id == signing.id
}

_belong_together(credential, signing) if {
	credential.thumbprint != null
	credential.thumbprint == signing.thumbprint
}

_belong_together(credential, signing) if credential == signing
