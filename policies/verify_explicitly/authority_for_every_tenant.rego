# METADATA
# title: Authority allows every tenant
# description: |-
#   The authorities `common` and `organizations` sign in users of any organisation. In an application that was written
#   for one tenant, nothing but its own check of the token's issuer then keeps strangers out.
# related_resources:
#   - ref: https://learn.microsoft.com/entra/identity-platform/msal-client-application-configuration
#     description: Configuration of client applications
#   - ref: https://learn.microsoft.com/entra/identity-platform/single-and-multi-tenant-apps
#     description: Single-tenant and multitenant applications
# custom:
#   id: VE-207
#   severity: medium
#   practice: AB.3
#   applies_to: [project]
#   requires:
#     - "project.configuration[].authorities[].tenant"
#     - declared.multitenant
#   message: "the authority lets users of every tenant sign in (`{tenant}`), and the application is declared for one"
#   remediation: Set the tenant's id or one of its domains as the tenant of the authority.
package zerotrust.verify_explicitly.authority_for_every_tenant

deny contains finding if {
	input.declared.multitenant == false
	some section in input.project.configuration
	some authority in section.authorities
	authority.tenant in {"common", "organizations"}
	finding := {"at": authority.at, "tenant": authority.tenant, "section": section.name}
}
