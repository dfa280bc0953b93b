# METADATA
# title: Subject
# description: What applications and service principals have in common, for rules that judge both.
package zerotrust.lib.subject

import data.zerotrust.lib.service_principal

# METADATA
# description: The facts of the application or of the service principal.
facts := input.application if input.kind == "application"

facts := input.service_principal if input.kind == "service_principal"

# METADATA
# description: The path of a fact, for findings.
path(fact) := concat(".", [input.kind, fact])

# METADATA
# description: |-
#   Secrets and certificates that prove who the application is. Azure and Microsoft look after those of their own.
#   The rule needs them among its `requires`.
credentials := input.application.credentials if input.kind == "application"

credentials := service_principal.credentials(input.service_principal) if input.kind == "service_principal"
