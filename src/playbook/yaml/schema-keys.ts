import { z } from 'zod'

/** The keys a schema knows at a path; empty where any key is allowed. */
export function keysAt(schema: z.core.$ZodType, path: readonly (string | number)[]): string[] {
  let current: z.core.$ZodType | null = unwrap(schema)
  for (const key of path) current = current && step(current, key)
  return current instanceof z.ZodObject ? Object.keys(current.shape) : []
}

function step(schema: z.core.$ZodType, key: string | number): z.core.$ZodType | null {
  if (schema instanceof z.ZodObject) {
    const next: z.core.$ZodType | undefined = schema.shape[key]
    return next ? unwrap(next) : null
  }
  if (schema instanceof z.ZodRecord) return unwrap(schema.valueType)
  return schema instanceof z.ZodArray ? unwrap(schema.element) : null
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) return unwrap(schema.unwrap())
  // A schema that reshapes what it read: its keys are those of the text.
  return schema instanceof z.ZodPipe ? unwrap(schema.in) : schema
}
