module "bucket" {
  source = "./modules/bucket"

  for_each = {
    assets  = { versioned = true, public = false }
    invoice = { versioned = false, public = false }
  }

  name      = "shop-${each.key}-${var.environment}"
  versioned = each.value.versioned
}

# The classic: a bucket for customer data that a policy opens to everyone.
resource "aws_s3_bucket" "customer_data" {
  bucket = "customer-data-prod"
}

resource "aws_s3_bucket_public_access_block" "customer_data" {
  bucket = aws_s3_bucket.customer_data.id

  block_public_acls       = true
  block_public_policy     = false
  ignore_public_acls      = true
  restrict_public_buckets = false
}

data "aws_iam_policy_document" "customer_data" {
  statement {
    sid       = "PartnerDownload"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.customer_data.arn}/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }
}

resource "aws_s3_bucket_policy" "customer_data" {
  bucket = aws_s3_bucket.customer_data.id
  policy = data.aws_iam_policy_document.customer_data.json
}
