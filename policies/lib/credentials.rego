# METADATA
# title: Credentials
# description: What rules about secrets and certificates share.
package zerotrust.lib.credentials

# METADATA
# description: Whether a secret or certificate has not expired. False where its end is unknown.
live(credential) if {
	credential.days_left != null
	credential.days_left >= 0
}

live(credential) if credential.end == ""
