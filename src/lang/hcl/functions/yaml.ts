import { isWhollyKnown, string, unknown, untypedNull } from '../make.ts'
import { Unknown } from '../value.ts'
import { type Functions, param, textOf } from './define.ts'
import { deepUnknown } from './partial.ts'
import { spendText } from './strings.ts'
import { decodeYaml } from './yaml-decode.ts'
import { encodeYaml } from './yaml-encode.ts'

export const yaml: Functions = {
  yamldecode: {
    params: [param('src', 'string')],
    returns: 'dynamic',
    call: ([text], context) => decodeYaml(textOf(text), context),
  },
  yamlencode: {
    params: [param('value', 'dynamic', { null: true })],
    returns: 'string',
    call: ([value = untypedNull], context) => {
      if (!isWhollyKnown(value))
        return unknown('string', new Unknown(deepUnknown(value).reason, { notNull: true }))
      const text = encodeYaml(value)
      spendText(context, text.length)
      return string(text)
    },
  },
}
