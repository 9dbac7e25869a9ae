/** No file of a user's is called so. */
export const libraryName = 'batten/library.rego'

/** `data.batten`: what policies that people write for Batten may lean on. Nothing here is needed by plain ones. */
export const battenLibrary = `package batten

import rego.v1

# The cloud of a resource type: "aws", "azure", "gcp".
provider(type) := "aws" if startswith(type, "aws_")

provider(type) := "azure" if startswith(type, "azurerm_")

provider(type) := "gcp" if startswith(type, "google_")

# The service of a resource type, as far as its name tells: "s3" of "aws_s3_bucket".
service(type) := split(type, "_")[1]

# Every resource of a type: { name: values }.
resources(type) := object.get(input.resource, type, {})

# The heads of all resources of a type, with their values: id, type, name, account, region, file, line, values.
all(type) := [resource |
	some resource in input.resources
	resource.type == type
]

# What is not known of a resource in input.resources: dotted paths of its values.
unknown(resource) := object.get(resource, "unknown", [])

# Whether nothing is known at a path of such a resource, or above it.
is_unknown(resource, path) if {
	some one in unknown(resource)
	startswith(concat("", [path, "."]), concat("", [one, "."]))
}

# A resource's tags, those of the provider included; empty where there are none.
tags(values) := object.union(object.get(values, "tags_all", {}), object.get(values, "tags", {}))

# The tag keys of a set that a resource does not have, or has with an empty value.
missing_tags(values, keys) := {key |
	some key in keys
	object.get(tags(values), key, "") == ""
}

# The elements of an attribute that may be one value or a list, or not there.
as_list(value) := value if is_array(value)

as_list(value) := [value] if not is_array(value)
`
