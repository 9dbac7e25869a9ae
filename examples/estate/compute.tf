resource "aws_instance" "web" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t3.small"
  subnet_id              = aws_subnet.public[0].id
  vpc_security_group_ids = [aws_security_group.web.id]

  metadata_options {
    http_tokens = "optional"
  }
}

resource "aws_ebs_volume" "cache" {
  availability_zone = "eu-west-1a"
  size              = 50
}

resource "aws_ebs_volume" "scratch" {
  # batten:skip=ec2_ebs_volume_encryption: holds only public data, wiped nightly
  availability_zone = "eu-west-1b"
  size              = 20
}
