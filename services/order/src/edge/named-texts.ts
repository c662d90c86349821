import { ValidateBy } from 'class-validator';

const isNamedTexts = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).every(([name, text]) => name.length <= 100 && typeof text === 'string' && text.length <= 2_000);

/** An object of free names, each with a text. */
export const IsNamedTexts = (): PropertyDecorator =>
  ValidateBy({
    name: 'isNamedTexts',
    validator: { validate: isNamedTexts, defaultMessage: () => 'must be an object whose values are texts of at most 2000 characters' },
  });
