# Events that EventBridge could not hand to the function.
resource "aws_sqs_queue" "undelivered" {
  name                      = "${var.prefix}-undelivered"
  message_retention_seconds = 1209600
  kms_master_key_id         = aws_kms_key.remediation.arn
  tags                      = var.tags
}

# Events that the function took and could not bring to a good end: PARTIAL, FAILED, or no event of ours.
resource "aws_sqs_queue" "failed" {
  name                      = "${var.prefix}-failed"
  message_retention_seconds = 1209600
  kms_master_key_id         = aws_kms_key.remediation.arn
  tags                      = var.tags
}

data "aws_iam_policy_document" "undelivered" {
  statement {
    sid       = "Events"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.undelivered.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.findings.arn, aws_cloudwatch_event_rule.sweep.arn]
    }
  }

  statement {
    sid       = "OnlyTls"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [aws_sqs_queue.undelivered.arn]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_sqs_queue_policy" "undelivered" {
  queue_url = aws_sqs_queue.undelivered.id
  policy    = data.aws_iam_policy_document.undelivered.json
}

data "aws_iam_policy_document" "failed" {
  statement {
    sid       = "OnlyTls"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [aws_sqs_queue.failed.arn]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_sqs_queue_policy" "failed" {
  queue_url = aws_sqs_queue.failed.id
  policy    = data.aws_iam_policy_document.failed.json
}
