/** The files of a policy to begin with: it denies, and its tests say when. */
export function starter(
  name: string,
  type: string,
): { readonly policy: string; readonly test: string } {
  const noun = type.replace(/^[a-z]+_/, '').replaceAll('_', ' ')
  return {
    policy: `# METADATA
# title: Every ${noun} says whose it is
# description: What nobody owns, nobody mends.
# custom:
#   severity: MEDIUM
#   remediation: Add an owner tag.
package ${name}

import rego.v1

deny contains {"msg": msg, "resource": name} if {
	some name, values in input.resource.${type}
	not values.tags.owner
	msg := sprintf("${noun} %s has no owner", [name])
}
`,
    test: `package ${name}_test

import rego.v1

import data.${name}

test_without_owner_is_denied if {
	count(${last(name)}.deny) == 1 with input as having({"tags": {"team": "x"}})
}

test_with_owner_is_not_denied if {
	count(${last(name)}.deny) == 0 with input as having({"tags": {"owner": "x"}})
}

having(values) := {"resource": {"${type}": {"it": values}}}
`,
  }
}

function last(name: string): string {
  return name.split('.').at(-1) ?? name
}
