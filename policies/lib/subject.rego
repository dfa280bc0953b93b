# METADATA
# title: Subject
# description: What applications and service principals have in common, for rules that judge both.
package zerotrust.lib.subject

import data.zerotrust.lib.service_principal

# METADATA
# description: The facts of the application or of the service principal that an input is about.
facts(judged) := judged.application if judged.kind == "application"

facts(judged) := judged.service_principal if judged.kind == "service_principal"

# METADATA
# description: The path of a fact, for findings.
path(judged, fact) := concat(".", [judged.kind, fact])

# METADATA
# description: |-
#   Secrets and certificates that prove who the application is. Azure and Microsoft look after those of their own.
#   The rule needs them among its `requires`.
credentials(judged) := judged.application.credentials if judged.kind == "application"

credentials(judged) := service_principal.credentials(judged.service_principal) if judged.kind == "service_principal"
