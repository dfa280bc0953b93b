package main

audiences = {"AzureADMyOrg", "AzureADMultipleOrgs"}

violation[{"msg": msg, "details": {"audience": input.signInAudience}}] {
	input.signInAudience == "AzureADMultipleOrgs"
	msg := "open to other tenants"
}

deny[msg] {
	not audiences[input.signInAudience]
	msg = sprintf("audience %v is not known", [input.signInAudience])
}
