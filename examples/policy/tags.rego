# METADATA
# title: Resources have the tags that everybody relies on
# description: Without an owner and an environment nobody knows whom to ask, what may break, and who pays.
# custom:
#   id: org_required_tags
#   severity: MEDIUM
#   remediation: Add the tags, on the resource or in the provider's default_tags.
package org.tags

import rego.v1

deny contains {"msg": msg, "resource": name, "resource_type": type} if {
	some type in data.settings.tags.types
	some name, values in input.resource[type]
	some key in data.settings.tags.required
	not has_tag(values, key)
	msg := sprintf("%s '%s' has no tag '%s'", [type, name, key])
}

has_tag(values, key) if values.tags[key] != ""

has_tag(values, key) if values.tags_all[key] != ""
