import * as AutoScaling from '@aws-sdk/client-auto-scaling'
import { page } from '../../call.ts'
import { operation, type Service } from '../../wire/service.ts'

export const autoscaling: Service = {
  name: 'autoscaling',
  signing: 'autoscaling',
  protocol: 'query',
  xmlNamespace: 'http://autoscaling.amazonaws.com/doc/2011-01-01/',
  operations: [
    operation(
      AutoScaling.DescribeLaunchConfigurations$,
      (
        input: AutoScaling.LaunchConfigurationNamesType,
        call,
      ): AutoScaling.LaunchConfigurationsType => {
        const names = input.LaunchConfigurationNames
        const wanted = call.state
          .autoscaling(call.region)
          .filter(one => !names?.length || names.includes(one.LaunchConfigurationName ?? ''))
        const { items, next } = page(call, wanted, input.NextToken, input.MaxRecords)
        return { LaunchConfigurations: items, NextToken: next }
      },
    ),
  ],
}
