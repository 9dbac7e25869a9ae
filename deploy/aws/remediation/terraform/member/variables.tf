variable "prefix" {
  type        = string
  default     = "batten"
  description = "What the names of the roles begin with; the same as where the function runs."

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,15}$", var.prefix))
    error_message = "The prefix is up to 16 small letters, digits and hyphens."
  }
}

variable "mender_role_arn" {
  type        = string
  description = "The function's role: the output mender_role_arn of the root module."
}

variable "external_id" {
  type        = string
  description = "What the function says when it assumes a role; the same as where the function runs."
}

variable "operator_role_arns" {
  type        = list(string)
  default     = []
  description = "Roles of people who may undo; with none there is no role for undoing."
}

variable "actions" {
  type        = set(string)
  default     = null
  description = "The actions that get a role; null: all. What is not here cannot run, whatever the settings say."
}

variable "permissions_boundary" {
  type        = string
  default     = null
  description = "ARN of a policy that bounds every role, where the organisation asks for one."
}

variable "tags" {
  type        = map(string)
  default     = {}
  description = "Tags of the roles."
}
