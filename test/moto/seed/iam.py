from estate import allow, policy

EC2 = policy({'Effect': 'Allow', 'Principal': {'Service': 'ec2.amazonaws.com'}, 'Action': 'sts:AssumeRole'})
ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess'
PASSWORDS = (
    'iam_password_policy_minimum_length_14',
    'iam_password_policy_lowercase',
    'iam_password_policy_uppercase',
    'iam_password_policy_number',
    'iam_password_policy_symbol',
    'iam_password_policy_reuse_24',
    'iam_password_policy_expires_passwords_within_90_days_or_less',
)


def fill(estate):
    estate.lacks(
        "moto's credential report leaves root out", 'iam_avoid_root_usage', 'iam_no_root_access_key'
    )
    estate.lacks(
        'root never has MFA in moto', 'iam_root_mfa_enabled', 'iam_root_hardware_mfa_enabled'
    )
    estate.lacks(
        'moto does not know the call that tells it', 'iam_root_credentials_management_enabled'
    )
    iam = estate.client('iam')
    account(estate, iam)
    policies(estate, iam)
    inline_policies(estate, iam)
    roles(estate, iam)
    users(estate, iam)
    certificates(estate, iam)


def account(estate, iam):
    iam.update_account_password_policy(MinimumPasswordLength=8, AllowUsersToChangePassword=True)
    estate.bad(estate.arn('iam', 'password-policy', ''), *PASSWORDS)
    estate.bad(
        estate.root,
        'iam_support_role_created',
        'iam_securityaudit_role_created',
        'iam_check_saml_providers_sts',
        'account_security_contact_information_is_registered',
        'iam_root_mfa_enabled',
        'iam_root_hardware_mfa_enabled',
    )


def policies(estate, iam):
    def customer(name, document, attach=False):
        made = iam.create_policy(PolicyName=name, PolicyDocument=document)['Policy']['Arn']
        if attach:
            iam.attach_role_policy(RoleName='plain', PolicyArn=made)
        return made

    iam.create_role(RoleName='plain', AssumeRolePolicyDocument=EC2)
    everything = policy(allow('*'))
    estate.bad(
        customer('everything', everything, attach=True),
        'iam_customer_attached_policy_no_administrative_privileges',
    )
    estate.bad(
        customer('everything-idle', everything),
        'iam_customer_unattached_policy_no_administrative_privileges',
    )
    estate.bad(
        customer('trails', policy(allow('cloudtrail:*'))), 'iam_policy_no_full_access_to_cloudtrail'
    )
    estate.bad(customer('keys', policy(allow('kms:*'))), 'iam_policy_no_full_access_to_kms')
    estate.bad(
        customer('people', policy(allow('iam:*'))),
        'iam_policy_no_full_access_to_iam',
        'iam_policy_allows_privilege_escalation',
    )
    estate.bad(
        customer('pass', policy(allow(['iam:PassRole', 'ec2:RunInstances']))),
        'iam_policy_allows_privilege_escalation',
    )
    estate.bad(
        customer('any-role', policy(allow('sts:AssumeRole'))),
        'iam_no_custom_policy_permissive_role_assumption',
    )
    estate.bad(
        customer('shopping', policy(allow('aws-marketplace:Subscribe'))),
        'iam_policy_no_wildcard_marketplace_subscribe',
    )
    taken_back = policy(allow(['iam:PassRole', 'ec2:RunInstances']), {'Effect': 'Deny', 'Action': 'iam:*', 'Resource': '*'})
    estate.good(customer('taken-back', taken_back), 'iam_policy_allows_privilege_escalation')
    modest = customer('modest', policy(allow('s3:GetObject', 'arn:aws:s3:::moto-bare/*')), attach=True)
    idle = customer('modest-idle', policy(allow('s3:GetObject', 'arn:aws:s3:::moto-bare/*')))
    estate.good(idle, 'iam_customer_unattached_policy_no_administrative_privileges')
    estate.good(
        modest,
        'iam_customer_attached_policy_no_administrative_privileges',
        'iam_policy_no_full_access_to_cloudtrail',
        'iam_policy_no_full_access_to_kms',
        'iam_policy_no_full_access_to_iam',
        'iam_policy_allows_privilege_escalation',
        'iam_no_custom_policy_permissive_role_assumption',
        'iam_policy_no_wildcard_marketplace_subscribe',
    )
    one_role = policy(allow('sts:AssumeRole', f'arn:aws:iam::{estate.account}:role/plain'))
    estate.good(customer('one-role', one_role), 'iam_no_custom_policy_permissive_role_assumption')
    # An older version that may all is not in force.
    revised = customer('revised', everything, attach=True)
    iam.create_policy_version(
        PolicyArn=revised, PolicyDocument=policy(allow('s3:ListAllMyBuckets')), SetAsDefault=True
    )
    estate.good(revised, 'iam_customer_attached_policy_no_administrative_privileges')


def inline_policies(estate, iam):
    role = iam.create_role(RoleName='inline', AssumeRolePolicyDocument=EC2)['Role']['Arn']
    iam.put_role_policy(RoleName='inline', PolicyName='all', PolicyDocument=policy(allow('*')))
    estate.bad(
        role,
        'iam_inline_policy_no_administrative_privileges',
        'iam_inline_policy_allows_privilege_escalation',
        'iam_inline_policy_no_full_access_to_cloudtrail',
        'iam_inline_policy_no_full_access_to_kms',
        'iam_inline_policy_no_wildcard_marketplace_subscribe',
    )
    group = iam.create_group(GroupName='inline')['Group']['Arn']
    iam.put_group_policy(GroupName='inline', PolicyName='keys', PolicyDocument=policy(allow('kms:*')))
    estate.bad(group, 'iam_inline_policy_no_full_access_to_kms')
    estate.good(
        group,
        'iam_inline_policy_no_administrative_privileges',
        'iam_inline_policy_allows_privilege_escalation',
        'iam_inline_policy_no_full_access_to_cloudtrail',
        'iam_inline_policy_no_wildcard_marketplace_subscribe',
    )
    user = iam.create_user(UserName='inline')['User']['Arn']
    iam.put_user_policy(
        UserName='inline', PolicyName='trails', PolicyDocument=policy(allow('cloudtrail:*'))
    )
    estate.bad(user, 'iam_inline_policy_no_full_access_to_cloudtrail', 'iam_policy_attached_only_to_group_or_roles')
    estate.good(
        user, 'iam_inline_policy_no_administrative_privileges', 'iam_inline_policy_no_full_access_to_kms'
    )


def roles(estate, iam):
    def role(name, principal, managed=None, **statement):
        trust = {'Effect': 'Allow', 'Principal': principal, 'Action': 'sts:AssumeRole', **statement}
        made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=policy(trust))['Role']['Arn']
        if managed:
            iam.attach_role_policy(RoleName=name, PolicyArn=f'arn:aws:iam::aws:policy/{managed}')
        return made

    machine = {'Service': 'ec2.amazonaws.com'}
    stranger = {'AWS': 'arn:aws:iam::333333333333:root'}
    estate.bad(
        role('admin', machine, 'AdministratorAccess'),
        'iam_role_administratoraccess_policy',
        'iam_aws_attached_policy_no_administrative_privileges',
    )
    estate.good(
        role('reader', machine, 'ReadOnlyAccess'),
        'iam_role_administratoraccess_policy',
        'iam_aws_attached_policy_no_administrative_privileges',
        'iam_role_not_assumable_by_anyone',
        'iam_role_cross_account_readonlyaccess_policy',
        'iam_policy_cloudshell_admin_not_attached',
        'iam_policy_iam_full_access_not_attached',
    )
    estate.bad(
        role('shell', machine, 'AWSCloudShellFullAccess'), 'iam_policy_cloudshell_admin_not_attached'
    )
    estate.bad(
        role('people', machine, 'IAMFullAccess'), 'iam_policy_iam_full_access_not_attached'
    )
    estate.bad(
        role('reader-elsewhere', stranger, 'ReadOnlyAccess'),
        'iam_role_cross_account_readonlyaccess_policy',
    )
    estate.bad(role('anyone', '*'), 'iam_role_not_assumable_by_anyone')
    estate.good(
        role('org', {'AWS': '*'}, Condition={'StringEquals': {'aws:PrincipalOrgID': 'o-abcdefghij'}}),
        'iam_role_not_assumable_by_anyone',
    )
    topic = {'Service': 'sns.amazonaws.com'}
    estate.bad(role('deputy', topic), 'iam_role_cross_service_confused_deputy_prevention')
    estate.good(
        role('wary-deputy', topic, Condition={'StringEquals': {'aws:SourceAccount': estate.account}}),
        'iam_role_cross_service_confused_deputy_prevention',
    )


def users(estate, iam):
    def user(name, key_count=0, password=False):
        made = iam.create_user(UserName=name)['User']['Arn']
        for _ in range(key_count):
            iam.create_access_key(UserName=name)
        if password:
            iam.create_login_profile(UserName=name, Password='correct-horse-Battery-9')
        return made

    eve = user('eve', key_count=2, password=True)
    iam.attach_user_policy(UserName='eve', PolicyArn=ADMIN)
    estate.bad(
        eve,
        'iam_user_two_active_access_key',
        'iam_user_mfa_enabled_console_access',
        'iam_user_hardware_mfa_enabled',
        'iam_policy_attached_only_to_group_or_roles',
        'iam_user_administrator_access_policy',
        'iam_aws_attached_policy_no_administrative_privileges',
        'iam_user_no_setup_initial_access_key',
        'iam_user_with_temporary_credentials',
    )
    estate.good(eve, 'iam_rotate_access_key_90_days', 'iam_user_accesskey_unused')
    ada = user('ada', password=True)
    mfa(iam, 'ada')
    admins = iam.create_group(GroupName='admins')['Group']['Arn']
    iam.attach_group_policy(GroupName='admins', PolicyArn=ADMIN)
    iam.add_user_to_group(GroupName='admins', UserName='ada')
    estate.good(
        ada,
        'iam_user_two_active_access_key',
        'iam_user_mfa_enabled_console_access',
        'iam_policy_attached_only_to_group_or_roles',
        'iam_user_administrator_access_policy',
        'iam_user_console_access_unused',
        'iam_user_no_setup_initial_access_key',
        'iam_user_with_temporary_credentials',
    )
    estate.good(admins, 'iam_administrator_access_with_mfa')
    careless_admins = iam.create_group(GroupName='careless-admins')['Group']['Arn']
    iam.attach_group_policy(GroupName='careless-admins', PolicyArn=ADMIN)
    for name in ('ada', 'eve'):
        iam.add_user_to_group(GroupName='careless-admins', UserName=name)
    estate.bad(careless_admins, 'iam_administrator_access_with_mfa')
    estate.bad(ada, 'iam_user_hardware_mfa_enabled')
    estate.bad(
        admins,
        'iam_group_administrator_access_policy',
        'iam_aws_attached_policy_no_administrative_privileges',
    )
    staff = iam.create_group(GroupName='staff')['Group']['Arn']
    iam.add_user_to_group(GroupName='staff', UserName='eve')
    estate.good(
        staff,
        'iam_group_administrator_access_policy',
        'iam_aws_attached_policy_no_administrative_privileges',
    )
    one = user('one-key', key_count=2)
    second = iam.list_access_keys(UserName='one-key')['AccessKeyMetadata'][1]['AccessKeyId']
    iam.update_access_key(UserName='one-key', AccessKeyId=second, Status='Inactive')
    estate.good(one, 'iam_user_two_active_access_key')


    keeper = user('hardware', password=True)
    iam.enable_mfa_device(
        UserName='hardware',
        SerialNumber='GAHT12345678',
        AuthenticationCode1='123456',
        AuthenticationCode2='654321',
    )
    estate.good(keeper, 'iam_user_hardware_mfa_enabled', 'iam_user_mfa_enabled_console_access')


def mfa(iam, name):
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName=name)['VirtualMFADevice']
    iam.enable_mfa_device(
        UserName=name,
        SerialNumber=device['SerialNumber'],
        AuthenticationCode1='123456',
        AuthenticationCode2='654321',
    )


def certificates(estate, iam):
    # moto has every certificate end in 2012.
    expired = iam.upload_server_certificate(
        ServerCertificateName='expired', CertificateBody='none', PrivateKey='none'
    )['ServerCertificateMetadata']['Arn']
    estate.lacks('every certificate of moto ended in 2012', 'iam_no_expired_server_certificates_stored')
    estate.bad(expired, 'iam_no_expired_server_certificates_stored')


def careful(estate):
    """What an account as a whole has, done well."""
    iam = estate.client('iam')
    iam.update_account_password_policy(
        MinimumPasswordLength=14,
        RequireSymbols=True,
        RequireNumbers=True,
        RequireUppercaseCharacters=True,
        RequireLowercaseCharacters=True,
        MaxPasswordAge=90,
        PasswordReusePrevention=24,
    )
    estate.good(estate.arn('iam', 'password-policy', ''), *PASSWORDS)
    for name, managed in (('support', 'AWSSupportAccess'), ('auditor', 'SecurityAudit')):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=EC2)
        iam.attach_role_policy(RoleName=name, PolicyArn=f'arn:aws:iam::aws:policy/{managed}')
    iam.create_saml_provider(Name='staff', SAMLMetadataDocument='a' * 1024)
    estate.good(
        estate.root,
        'iam_support_role_created',
        'iam_securityaudit_role_created',
        'iam_check_saml_providers_sts',
    )
