variable "environment" {
  type    = string
  default = "production"
}

variable "office_cidrs" {
  type    = list(string)
  default = ["203.0.113.0/24"]
}

# Has no value here: what depends on it is UNKNOWN, not guessed.
variable "bastion_cidr" {
  type = string
}
