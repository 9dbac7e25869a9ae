resource "aws_vpc" "shop" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "public" {
  count                   = 2
  vpc_id                  = aws_vpc.shop.id
  cidr_block              = cidrsubnet(aws_vpc.shop.cidr_block, 8, count.index)
  availability_zone       = "eu-west-1${element(["a", "b"], count.index)}"
  map_public_ip_on_launch = true
}

# Open to the world on the ports that nobody means to open.
resource "aws_security_group" "admin" {
  name   = "shop-admin"
  vpc_id = aws_vpc.shop.id

  dynamic "ingress" {
    for_each = local.admin_ports
    content {
      description = ingress.key
      from_port   = ingress.value
      to_port     = ingress.value
      protocol    = "tcp"
      cidr_blocks = ingress.key == "ssh" ? ["0.0.0.0/0"] : var.office_cidrs
    }
  }
}

resource "aws_security_group" "web" {
  name   = "shop-web"
  vpc_id = aws_vpc.shop.id
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  security_group_id = aws_security_group.web.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_security_group" "bastion" {
  name   = "shop-bastion"
  vpc_id = aws_vpc.shop.id

  ingress {
    description = "ssh from the network of the bastion"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [var.bastion_cidr]
  }
}
