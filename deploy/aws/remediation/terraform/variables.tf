variable "prefix" {
  type        = string
  default     = "batten"
  description = "What the names of everything here begin with."

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,15}$", var.prefix))
    error_message = "The prefix is up to 16 small letters, digits and hyphens."
  }
}

variable "bundle" {
  type        = string
  description = "The folder of the built function: dist/lambda of the batten package."
}

variable "settings" {
  type        = any
  default     = {}
  description = "What may run, where, and who may approve: the map of docs/remediation.md. Empty: everything is queued and nothing changes."
}

variable "external_id" {
  type        = string
  description = "What the function says when it assumes a role in an account; any text of your own, the same in every account."

  validation {
    condition     = length(var.external_id) >= 2
    error_message = "The external id has at least two characters."
  }
}

variable "organization_id" {
  type        = string
  default     = null
  description = "The organisation (o-…) in whose accounts the function may assume roles; null: in this account alone."
}

variable "mend_this_account" {
  type        = bool
  default     = true
  description = "Whether this account gets the roles of the actions too."
}

variable "operator_role_arns" {
  type        = list(string)
  default     = []
  description = "Roles of people who may undo from a terminal, in this account."
}

variable "scanner_account_ids" {
  type        = list(string)
  default     = []
  description = "Other accounts that may put findings on the bus: where batten aws --send eventbridge runs."
}

variable "keys_parameter" {
  type        = string
  default     = "/batten/keys"
  description = "SSM parameter (SecureString) with the keys that sign approvals."
}

variable "slack_webhook_parameter" {
  type        = string
  default     = null
  description = "SSM parameter (SecureString) with the address of a Slack incoming webhook."
}

variable "slack_secret_parameter" {
  type        = string
  default     = null
  description = "SSM parameter (SecureString) with the Slack app's signing secret: its buttons work with it alone."
}

variable "ticket_parameter" {
  type        = string
  default     = null
  description = "SSM parameter (SecureString) with the ticket system: GitHub, Jira or a webhook."
}

variable "page_issuer" {
  type        = string
  default     = null
  description = "Issuer of the OpenID Connect tokens that the page of a job asks for; null: decisions are taken in Slack and the terminal alone."
}

variable "page_audience" {
  type        = list(string)
  default     = []
  description = "Audience of those tokens."
}

variable "concurrency" {
  type        = number
  default     = 5
  description = "How many findings are handled at once."
}

variable "retention_days" {
  type        = number
  default     = 365
  description = "How long the functions' logs are kept. The record itself is never deleted."
}

variable "alarm_email" {
  type        = string
  default     = null
  description = "Who hears of alarms by e-mail."
}

variable "permissions_boundary" {
  type        = string
  default     = null
  description = "ARN of a policy that bounds every role, where the organisation asks for one."
}

variable "tags" {
  type        = map(string)
  default     = {}
  description = "Tags of everything."
}
