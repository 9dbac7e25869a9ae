import type { Ec2Estate } from '../services/ec2/state.ts'
import { daily, images, snapshots, templates } from './images.ts'
import { anyToken, atTheEdge, fleet, together, tokenOnly } from './machines.ts'
import { frankfurt, id, keyArn, virginia } from './make.ts'
import { debugPorts } from './security-groups.ts'

export function virginiaCompute(now: Date): Ec2Estate {
  const debug = Object.keys(debugPorts)
  const machines = [
    ...fleet(now, virginia, 'orders-api', 4),
    ...fleet(now, virginia, 'storefront', 4),
    ...fleet(now, virginia, 'invoice-worker', 2),
    ...fleet(now, virginia, 'enclave-signer', 2, {
      groups: ['invoice-worker'],
      profile: 'invoice-worker',
      odd: { EnclaveOptions: { Enabled: true } },
    }),
    // An enclave on a host that anybody can talk to.
    ...fleet(now, virginia, 'enclave-lab', 1, {
      ...atTheEdge('development', ['everything-open']),
      odd: { EnclaveOptions: { Enabled: true }, MetadataOptions: anyToken },
    }),
    ...fleet(now, virginia, 'bastion', 1, {
      ...atTheEdge('production', ['bastion']),
      profile: undefined,
      odd: { Monitoring: { State: 'disabled' } },
    }),
    ...fleet(now, virginia, 'build-runner', 1, {
      ...atTheEdge('shared', ['all-tcp']),
      profile: 'build-runner',
      odd: {
        MetadataOptions: anyToken,
        UserData:
          '#!/bin/bash\nexport NPM_REGISTRY=https://npm.brightcart.example\n./start-runner\n',
      },
    }),
    ...fleet(now, virginia, 'legacy-cms', 1, {
      ...atTheEdge('production', ['partner-ftp', 'windows-jump']),
      profile: undefined,
      interfaces: 2,
      age: 700,
      image: 'golden-2022',
      isEncrypted: false,
      odd: {
        MetadataOptions: anyToken,
        Monitoring: { State: 'disabled' },
        UserData:
          '#!/bin/bash\nexport DB_PASSWORD=Sommer2022!\nexport AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n/opt/cms/start\n',
      },
    }),
    ...fleet(now, virginia, 'staging-app', 3, {
      vpc: 'staging',
      environment: 'staging',
      groups: ['left-over'],
      odd: { Monitoring: { State: 'disabled' } },
    }),
    ...[0, 1, 2, 3].flatMap(n =>
      fleet(now, virginia, `debug-host-${n + 1}`, 1, {
        ...atTheEdge(
          'development',
          debug.slice(n * 5, n * 5 + 5).map(name => `debug-${name}`),
        ),
        isEncrypted: n > 0,
        odd: { MetadataOptions: n > 1 ? anyToken : tokenOnly },
      }),
    ),
    ...fleet(now, virginia, 'load-test', 1, {
      vpc: 'staging',
      environment: 'staging',
      groups: ['launch-wizard-1'],
      profile: undefined,
      odd: {
        State: { Code: 80, Name: 'stopped' },
        StateTransitionReason: 'User initiated (2024-01-15 10:00:00 GMT)',
        VirtualizationType: 'paravirtual',
      },
    }),
  ]
  return {
    ...together(virginia, machines),
    Images: images(now, virginia),
    Snapshots: [...snapshots(now, virginia), ...daily(now, virginia, machines)],
    KeyPairs: [
      { KeyPairId: id('key', 'platform'), KeyName: 'platform', KeyType: 'ed25519', Tags: [] },
    ],
    ...templates(now),
    EbsEncryptionByDefault: false,
    SnapshotBlockPublicAccess: 'unblocked',
    ImageBlockPublicAccess: 'unblocked',
    SerialConsoleAccessEnabled: true,
  }
}

export function frankfurtCompute(now: Date): Ec2Estate {
  const machines = [
    ...fleet(now, frankfurt, 'orders-api', 3),
    ...fleet(now, frankfurt, 'storefront', 3),
    ...fleet(now, frankfurt, 'dev-box', 2, {
      vpc: 'development',
      subnet: 'public-a',
      environment: 'development',
      groups: ['development-default'],
      profile: undefined,
      isPublic: true,
      isEncrypted: false,
      odd: { MetadataOptions: anyToken, Monitoring: { State: 'disabled' } },
    }),
  ]
  return {
    ...together(frankfurt, machines),
    Images: images(now, frankfurt).slice(0, 1),
    Snapshots: [...snapshots(now, frankfurt).slice(0, 2), ...daily(now, frankfurt, machines)],
    EbsEncryptionByDefault: true,
    EbsDefaultKmsKeyId: keyArn(frankfurt, 'shop-data'),
    SnapshotBlockPublicAccess: 'block-all-sharing',
    ImageBlockPublicAccess: 'block-new-sharing',
    InstanceMetadataDefaults: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
  }
}
