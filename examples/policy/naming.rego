# METADATA
# title: Names follow the pattern of their kind
# description: A name that tells whose a thing is can be searched for, and be granted by pattern in IAM policies.
# custom:
#   id: org_names
#   severity: LOW
#   remediation: Rename it as data.yaml says; where that means to create it anew, move the data first.
package org.naming

import rego.v1

deny contains {"msg": msg, "resource": name, "resource_type": type, "path": rule.attribute} if {
	some type, rule in data.settings.naming
	some name, values in input.resource[type]
	given := values[rule.attribute]
	not regex.match(sprintf("^(?:%s)$", [rule.pattern]), given)
	msg := sprintf("%s '%s' does not match %s", [type, given, rule.pattern])
}
