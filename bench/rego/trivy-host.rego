# What Trivy gives to its policies as functions of the host, as far as Rego can say it.
package host

result(message, cause) := {"msg": message, "metadata": object.get(cause, "__defsec_metadata", {})}

is_managed(x) if not x.__defsec_metadata.managed == false

private := ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "fc00::/7"]

cidr_is_public(cidr) if {
	contains(cidr, "/")
	not is_private(cidr)
}

is_private(cidr) if {
	some range in private
	net.cidr_contains(range, cidr)
}

cidr_count_addresses(cidr) := bits.lsh(1, 32 - to_number(split(cidr, "/")[1])) if not contains(cidr, ":")

cidr_count_addresses(cidr) := 1000000 if contains(cidr, ":")

secrets(text) := {"transgressionFound": true, "description": "a secret"} if {
	regex.match(`(?i)(password|secret|token)[a-z_"']*\s*[=:]|AKIA`, text)
} else := {"transgressionFound": false, "description": ""}
