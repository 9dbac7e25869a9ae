terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"

  default_tags {
    tags = {
      team        = "shop"
      environment = var.environment
    }
  }
}

locals {
  admin_ports = { ssh = 22, rdp = 3389 }
  production  = var.environment == "production"
}
