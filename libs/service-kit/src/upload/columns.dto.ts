import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, ValidateBy } from 'class-validator';
import { isFields } from '../fields';
import { IsCurrency, IsPlainText } from '../input/fields';
import type { ColumnMapping } from './columns';

/** Which column holds which of these fields. */
export const IsColumns = (fields: readonly string[]): PropertyDecorator =>
  ValidateBy({
    name: 'columnsInvalid',
    validator: {
      validate: (value) => isFields(value) && Object.keys(value).every((field) => fields.includes(field)),
      defaultMessage: () => `must be an object with fields among ${fields.join(', ')}, each with the name of a column`,
    },
  });

/** What the words of a file mean: one of these each. */
export const IsMeanings = (meanings: readonly string[]): PropertyDecorator =>
  ValidateBy({
    name: 'kindsInvalid',
    validator: {
      validate: (value) => isFields(value) && Object.values(value).every((meaning) => meanings.some((each) => each === meaning)),
      defaultMessage: () => `must be an object of words, each with one of ${meanings.join(', ')}`,
    },
  });

type Mapping = ColumnMapping<string>;

/** How cells are written: the part of a mapping that is the same for all files. */
export class CellFormatsDto {
  @ApiPropertyOptional({ example: 'INR', description: 'Of lines that do not say theirs.' })
  @IsOptional()
  @IsCurrency()
  readonly currency?: string;

  @ApiPropertyOptional({
    example: 'dd/MM/yyyy',
    default: 'iso',
    description: '`iso`, `unix` (seconds), or a pattern of yyyy, MM, MMM, dd, HH, mm, ss.',
  })
  @IsOptional()
  @IsPlainText(60)
  readonly dateFormat?: string;

  @ApiPropertyOptional({ example: 'Asia/Kolkata', default: 'UTC', description: 'IANA zone of times that do not name theirs.' })
  @IsOptional()
  @IsPlainText(60)
  readonly zone?: string;

  @ApiPropertyOptional({ enum: ['.', ','], default: '.' })
  @IsOptional()
  @IsIn(['.', ','])
  readonly decimalMark?: Mapping['decimalMark'];

  @ApiPropertyOptional({ enum: ['major', 'minor'], default: 'major', description: 'Pounds or pence.' })
  @IsOptional()
  @IsIn(['major', 'minor'])
  readonly units?: Mapping['units'];

  @ApiPropertyOptional({ enum: [',', ';', '\t', '|'], default: ',', description: 'Between the cells of a CSV file.' })
  @IsOptional()
  @IsIn([',', ';', '\t', '|'])
  readonly delimiter?: Mapping['delimiter'];
}

/** What is not said is as usual. */
export const asUsual = <Whole extends object>(usual: Whole, said: object): Whole => ({
  ...usual,
  ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && value !== null)),
});
