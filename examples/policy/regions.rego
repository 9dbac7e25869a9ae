# METADATA
# title: Resources are in the regions that we use
# description: A region that nobody looks at is where forgotten and stolen things live, and data may not leave the others.
# custom:
#   id: org_allowed_regions
#   severity: HIGH
#   remediation: Create the resource in one of the regions of data.yaml.
package org.regions

import rego.v1

# What belongs to no region has none here.
deny contains {"msg": msg, "resource": resource.id, "resource_type": resource.type} if {
	some resource in input.resources
	not resource.region in data.settings.regions.allowed
	not resource.type in data.settings.regions.everywhere
	msg := sprintf("%s '%s' is in %s", [resource.type, resource.name, resource.region])
}
