import { bool, isUnknown, unknown } from '../make.ts'
import type { Type, Value } from '../value.ts'
import { converted } from './arguments.ts'
import { type Functions, param } from './define.ts'
import { FunctionError, type FunctionSpec } from './spec.ts'

export const conversions: Functions = {
  /** Nothing is ephemeral at rest. */
  ephemeralasnull: marking(value => value),
  issensitive: {
    params: [param('value', 'dynamic', { null: true, unknown: true, marked: true })],
    returns: 'bool',
    call: ([value]) => {
      if (value?.marks?.sensitive === true) return bool(true)
      return value !== undefined && isUnknown(value) ? unknown('bool', value.v.reason) : bool(false)
    },
  },
  list: gone('tolist([ … ])'),
  map: gone('tomap({ … })'),
  nonsensitive: marking(({ type, v, marks = {} }) => {
    const { sensitive: _, ...rest } = marks
    return Object.keys(rest).length === 0 ? { type, v } : { type, v, marks: rest }
  }),
  sensitive: marking(value => ({ ...value, marks: { ...value.marks, sensitive: true } })),
  tobool: conversion('bool'),
  tolist: conversion(['list', 'dynamic']),
  tomap: conversion(['map', 'dynamic']),
  tonumber: conversion('number'),
  toset: conversion(['set', 'dynamic']),
  tostring: conversion('string'),
}

function conversion(type: Type): FunctionSpec {
  return {
    params: [param('v', 'dynamic', { null: true, unknown: true, marked: true })],
    returns: type,
    call: ([value]) => converted(given(value), type, 0),
  }
}

function marking(change: (value: Value) => Value): FunctionSpec {
  return {
    params: [param('value', 'dynamic', { null: true, unknown: true, marked: true })],
    returns: ([value]) => value?.type ?? 'dynamic',
    call: ([value]) => change(given(value)),
  }
}

/** Terraform still knows the names, to say what to write instead. */
function gone(instead: string): FunctionSpec {
  return {
    params: [],
    variadic: param('vals', 'dynamic', { null: true, unknown: true, marked: true }),
    returns: 'dynamic',
    call: () => {
      throw new FunctionError(`no longer exists; write ${instead}`)
    },
  }
}

function given(value: Value | undefined): Value {
  if (value === undefined) throw new FunctionError('an argument is needed', 0)
  return value
}
