resource "aws_cloudwatch_event_bus" "findings" {
  name = var.prefix
  tags = var.tags
}

data "aws_iam_policy_document" "bus" {
  count = length(var.scanner_account_ids) > 0 ? 1 : 0

  statement {
    sid       = "Scanners"
    actions   = ["events:PutEvents"]
    resources = [aws_cloudwatch_event_bus.findings.arn]
    principals {
      type        = "AWS"
      identifiers = [for id in var.scanner_account_ids : "arn:${local.partition}:iam::${id}:root"]
    }
    condition {
      test     = "StringEquals"
      variable = "events:source"
      values   = ["batten"]
    }
  }
}

resource "aws_cloudwatch_event_bus_policy" "findings" {
  count = length(var.scanner_account_ids) > 0 ? 1 : 0

  event_bus_name = aws_cloudwatch_event_bus.findings.name
  policy         = data.aws_iam_policy_document.bus[0].json
}

resource "aws_cloudwatch_event_rule" "findings" {
  name           = "${var.prefix}-findings"
  description    = "Batten's findings go to remediation"
  event_bus_name = aws_cloudwatch_event_bus.findings.name
  event_pattern = jsonencode({
    source        = ["batten"]
    "detail-type" = ["Batten Finding"]
  })
  tags = var.tags
}

resource "aws_cloudwatch_event_target" "findings" {
  rule           = aws_cloudwatch_event_rule.findings.name
  event_bus_name = aws_cloudwatch_event_bus.findings.name
  arn            = aws_lambda_function.mender.arn

  # What could not be handed over; what the function threw goes to the other queue.
  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }

  retry_policy {
    maximum_event_age_in_seconds = 3600
    maximum_retry_attempts       = 20
  }
}

resource "aws_lambda_permission" "findings" {
  statement_id  = "findings"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.mender.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.findings.arn
}

# Messages that did not get through are sent again.
resource "aws_cloudwatch_event_rule" "sweep" {
  name                = "${var.prefix}-sweep"
  description         = "Sends again what Slack or the ticket system did not take"
  schedule_expression = "rate(5 minutes)"
  tags                = var.tags
}

resource "aws_cloudwatch_event_target" "sweep" {
  rule  = aws_cloudwatch_event_rule.sweep.name
  arn   = aws_lambda_function.mender.arn
  input = jsonencode({ batten = "sweep" })

  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }

  retry_policy {
    maximum_event_age_in_seconds = 300
    maximum_retry_attempts       = 2
  }
}

resource "aws_lambda_permission" "sweep" {
  statement_id  = "sweep"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.mender.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.sweep.arn
}
