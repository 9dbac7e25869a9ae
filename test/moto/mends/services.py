import io
import json
import zipfile

from case import Case, name_of, told
from ec2_network import make_subnet
from estate import allow, policy
from networks import vpc_of


def shared_policy(estate, action, resource):
    own = {'AWS': f'arn:aws:iam::{estate.account}:root'}
    return policy(
        allow(action, resource, Principal='*', Sid='open'),
        allow(action, resource, Principal=own, Sid='ours'),
    )


def is_shut(document):
    statements = json.loads(document)['Statement']
    return [each['Sid'] for each in statements] == ['ours']


def detectors_look(estate, _):
    guard = estate.client('guardduty')
    ids = guard.list_detectors()['DetectorIds']
    return [told(guard.get_detector, DetectorId=each) for each in ids]


def function_look(estate, resource):
    functions = estate.client('lambda')
    found = told(functions.get_policy, 'ResourceNotFoundException', FunctionName=resource)
    return {
        'function': told(functions.get_function_configuration, FunctionName=resource),
        'policy': found and json.loads(found['Policy']),
    }


def queue_look(estate, resource):
    sqs = estate.client('sqs')
    url = sqs.get_queue_url(QueueName=name_of(resource))['QueueUrl']
    found = told(sqs.get_queue_attributes, QueueUrl=url, AttributeNames=['All'])
    return {
        **found['Attributes'],
        'LastModifiedTimestamp': None,
        'tags': told(sqs.list_queue_tags, QueueUrl=url),
    }


def topic_look(estate, resource):
    sns = estate.client('sns')
    return {
        **told(sns.get_topic_attributes, TopicArn=resource)['Attributes'],
        'tags': told(sns.list_tags_for_resource, ResourceArn=resource),
    }


def repository_look(estate, resource):
    ecr, name = estate.client('ecr'), resource.split('repository/')[1]
    found = told(ecr.get_repository_policy, 'RepositoryPolicyNotFoundException', repositoryName=name)
    return {
        'repository': told(ecr.describe_repositories, repositoryNames=[name]),
        'policy': found and json.loads(found['policyText']),
    }


def document_look(estate, resource):
    ssm, name = estate.client('ssm'), name_of(resource)
    shared = told(ssm.describe_document_permission, Name=name, PermissionType='Share')
    return {
        'document': told(ssm.describe_document, Name=name),
        'shared': sorted(shared['AccountIds']),
    }


def table_look(estate, resource):
    dynamo, name = estate.client('dynamodb'), name_of(resource)
    backups = told(dynamo.describe_continuous_backups, TableName=name)
    recovery = backups['ContinuousBackupsDescription']['PointInTimeRecoveryDescription']
    return {
        'table': told(dynamo.describe_table, TableName=name),
        'recovery': recovery['PointInTimeRecoveryStatus'],
    }


def balancer_look(estate, resource):
    balancers = estate.client('elbv2')
    return {
        'balancer': told(balancers.describe_load_balancers, LoadBalancerArns=[resource]),
        'listeners': told(balancers.describe_listeners, LoadBalancerArn=resource),
    }


def off_detector(estate):
    estate.client('guardduty').create_detector(Enable=False)
    return estate.region_id('us-east-1')


def open_function(estate):
    role = estate.client('iam').create_role(
        RoleName='hook',
        AssumeRolePolicyDocument=policy(
            {
                'Effect': 'Allow',
                'Principal': {'Service': 'lambda.amazonaws.com'},
                'Action': 'sts:AssumeRole',
            }
        ),
    )
    code = io.BytesIO()
    with zipfile.ZipFile(code, 'w') as packed:
        packed.writestr('index.py', 'def handler(event, context): pass')
    functions = estate.client('lambda')
    made = functions.create_function(
        FunctionName='hook',
        Runtime='python3.13',
        Role=role['Role']['Arn'],
        Handler='index.handler',
        Code={'ZipFile': code.getvalue()},
    )
    for sid, who, more in (
        ('bucket', 's3.amazonaws.com', {'SourceAccount': estate.account}),
        ('all', '*', {}),
    ):
        functions.add_permission(
            FunctionName='hook',
            StatementId=sid,
            Action='lambda:InvokeFunction',
            Principal=who,
            **more,
        )
    return made['FunctionArn']


def queue(name, with_policy=False, **attributes):
    def make(estate):
        resource = estate.arn('sqs', name)
        if with_policy:
            attributes['Policy'] = shared_policy(estate, 'sqs:SendMessage', resource)
        estate.client('sqs').create_queue(
            QueueName=name, Attributes=attributes, tags={'team': 'data'}
        )
        return resource

    return make


def open_topic(estate):
    sns = estate.client('sns')
    topic = sns.create_topic(Name='news')['TopicArn']
    sns.set_topic_attributes(
        TopicArn=topic,
        AttributeName='Policy',
        AttributeValue=shared_policy(estate, 'sns:Publish', topic),
    )
    return topic


def repository(name, with_policy=False):
    def make(estate):
        ecr = estate.client('ecr')
        made = ecr.create_repository(
            repositoryName=name, imageScanningConfiguration={'scanOnPush': False}
        )
        if with_policy:
            statement = {'Effect': 'Allow', 'Principal': '*', 'Action': 'ecr:BatchGetImage'}
            ecr.set_repository_policy(
                repositoryName=name, policyText=policy({'Sid': 'pull', **statement})
            )
        return made['repository']['repositoryArn']

    return make


def public_document(estate):
    ssm = estate.client('ssm')
    step = {'action': 'aws:runShellScript', 'name': 'a', 'inputs': {'runCommand': ['true']}}
    content = {'schemaVersion': '2.2', 'description': '-', 'mainSteps': [step]}
    ssm.create_document(Content=json.dumps(content), Name='patch', DocumentType='Command')
    # Beside `all`, moto keeps nobody.
    ssm.modify_document_permission(Name='patch', PermissionType='Share', AccountIdsToAdd=['all'])
    return estate.arn('ssm', 'document/patch')


def table(estate):
    return estate.client('dynamodb').create_table(
        TableName='orders',
        AttributeDefinitions=[{'AttributeName': 'id', 'AttributeType': 'S'}],
        KeySchema=[{'AttributeName': 'id', 'KeyType': 'HASH'}],
        BillingMode='PAY_PER_REQUEST',
    )['TableDescription']['TableArn']


def plain_balancer(estate):
    ec2, balancers = estate.client('ec2'), estate.client('elbv2')
    vpc = vpc_of(estate)
    subnets = [
        make_subnet(ec2, vpc, f'10.20.{number}.0/24', f'us-east-1{zone}')
        for number, zone in enumerate('ab')
    ]
    balancer = balancers.create_load_balancer(Name='web', Subnets=subnets)['LoadBalancers'][0]
    group = balancers.create_target_group(Name='web', Protocol='HTTP', Port=80, VpcId=vpc)
    forward = [{'Type': 'forward', 'TargetGroupArn': group['TargetGroups'][0]['TargetGroupArn']}]
    certificate = estate.client('acm').request_certificate(DomainName='example.com')
    balancers.create_listener(
        LoadBalancerArn=balancer['LoadBalancerArn'],
        Protocol='HTTPS',
        Port=443,
        Certificates=[{'CertificateArn': certificate['CertificateArn']}],
        DefaultActions=forward,
    )
    balancers.create_listener(
        LoadBalancerArn=balancer['LoadBalancerArn'],
        Protocol='HTTP',
        Port=80,
        DefaultActions=forward,
    )
    return balancer['LoadBalancerArn']


def redirects(state):
    listeners = {each['Port']: each['DefaultActions'] for each in state['listeners']['Listeners']}
    return [each['Type'] for each in listeners[80]] == ['redirect']


CASES = (
    Case(
        'guardduty_enable',
        'guardduty_is_enabled',
        off_detector,
        detectors_look,
        lambda state: [each['Status'] for each in state] == ['ENABLED'],
    ),
    Case(
        'lambda_public_policy',
        'awslambda_function_not_publicly_accessible',
        open_function,
        function_look,
        lambda state: [each['Sid'] for each in state['policy']['Statement']] == ['bucket'],
    ),
    Case(
        'sqs_public',
        'sqs_queues_not_publicly_accessible',
        queue('jobs', with_policy=True),
        queue_look,
        lambda state: is_shut(state['Policy']),
    ),
    Case(
        'sqs_sse',
        'sqs_queues_server_side_encryption_enabled',
        queue('plain', SqsManagedSseEnabled='false'),
        queue_look,
        lambda state: state['SqsManagedSseEnabled'] == 'true',
    ),
    Case(
        'sns_public',
        'sns_topics_not_publicly_accessible',
        open_topic,
        topic_look,
        lambda state: is_shut(state['Policy']),
    ),
    Case(
        'ecr_scan_on_push',
        'ecr_repositories_scan_images_on_push_enabled',
        repository('team/app'),
        repository_look,
        lambda state: state['repository']['repositories'][0]['imageScanningConfiguration'][
            'scanOnPush'
        ],
    ),
    Case(
        'ecr_public_policy',
        'ecr_repositories_not_publicly_accessible',
        repository('open', with_policy=True),
        repository_look,
        lambda state: state['policy'] is None,
    ),
    Case(
        'ssm_document_public',
        'ssm_documents_set_as_public',
        public_document,
        document_look,
        lambda state: state['shared'] == [],
    ),
    Case(
        'dynamodb_pitr',
        'dynamodb_tables_pitr_enabled',
        table,
        table_look,
        lambda state: state['recovery'] == 'ENABLED',
    ),
    Case(
        'elb_http_redirect', 'elbv2_ssl_listeners', plain_balancer, balancer_look, redirects
    ),
)
