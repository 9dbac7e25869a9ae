# Where clicks in Slack land. It is open to the internet on purpose: a request does something only with Slack's signature
# over its body and a token that is signed for one plan, single and short-lived.
resource "aws_apigatewayv2_api" "approval" {
  name                         = local.approval_name
  protocol_type                = "HTTP"
  disable_execute_api_endpoint = false
  tags                         = var.tags
}

resource "aws_apigatewayv2_stage" "approval" {
  api_id      = aws_apigatewayv2_api.approval.id
  name        = "$default"
  auto_deploy = true
  tags        = var.tags

  default_route_settings {
    throttling_rate_limit  = 5
    throttling_burst_limit = 10
  }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.requests.arn
    format = jsonencode({
      at     = "$context.requestTime"
      ip     = "$context.identity.sourceIp"
      route  = "$context.routeKey"
      status = "$context.status"
      id     = "$context.requestId"
    })
  }
}

resource "aws_cloudwatch_log_group" "requests" {
  name              = "/aws/apigateway/${local.approval_name}"
  retention_in_days = var.retention_days
  kms_key_id        = aws_kms_key.remediation.arn
  tags              = var.tags
}

resource "aws_apigatewayv2_integration" "approval" {
  api_id                 = aws_apigatewayv2_api.approval.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.approval.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "slack" {
  api_id    = aws_apigatewayv2_api.approval.id
  route_key = "POST /slack"
  target    = "integrations/${aws_apigatewayv2_integration.approval.id}"
  # Slack cannot sign in; its signature over the raw body is checked by the function.
  authorization_type = "NONE"
}

resource "aws_apigatewayv2_authorizer" "page" {
  count = var.page_issuer == null ? 0 : 1

  api_id           = aws_apigatewayv2_api.approval.id
  name             = "page"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]
  jwt_configuration {
    issuer   = var.page_issuer
    audience = var.page_audience
  }
}

resource "aws_apigatewayv2_route" "page" {
  for_each = var.page_issuer == null ? [] : toset(["GET", "POST"])

  api_id             = aws_apigatewayv2_api.approval.id
  route_key          = "${each.key} /decide/{job}"
  target             = "integrations/${aws_apigatewayv2_integration.approval.id}"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.page[0].id
}

resource "aws_lambda_permission" "approval" {
  statement_id  = "approval"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.approval.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.approval.execution_arn}/*/*"
}
