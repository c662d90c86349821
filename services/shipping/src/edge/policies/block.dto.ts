import { IsCode, IsCountry, IsCurrency, IsMoney, IsPlainText, IsQuantity, ListOf, OptionalNested } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsOptional, Matches, ValidateBy } from 'class-validator';
import { modes, type Mode } from '../../domain/carrier-rules';
import { isHazard } from '../../domain/hazards';

const MANY = { min: 1, max: 1_000 };
export const MOST_GRAMS = 100_000_000;

export const Listed = (description: string): PropertyDecorator => {
  const about = ApiPropertyOptional({ type: [String], minItems: 1, maxItems: MANY.max, description });
  return (target, key) => [about, IsOptional(), ListOf(MANY)].forEach((rule) => rule(target, key));
};

const IsHazardName = (): PropertyDecorator =>
  ValidateBy(
    {
      name: 'hazardUnknown',
      validator: {
        validate: (value) => typeof value === 'string' && isHazard(value),
        defaultMessage: () => 'must be UN numbers, lithium-batteries, flammables, corrosives, dry-ice, or any',
      },
    },
    { each: true },
  );

export class WorthDto {
  @ApiProperty({ example: 'EUR', description: 'ISO 4217.' })
  @IsCurrency()
  readonly currency!: string;

  @ApiProperty({ description: 'Minor units.' })
  @IsMoney()
  readonly amount!: number;
}

export class CarrierBlockDto {
  @ApiPropertyOptional({ description: 'Whom it forbids; absent: any of them.' })
  @IsOptional()
  @IsCode()
  readonly carrier?: string;

  @ApiPropertyOptional({ description: 'The carrier’s own.' })
  @IsOptional()
  @IsCode()
  readonly service?: string;

  @ApiPropertyOptional({ enum: modes, description: 'How the service goes. One whose mode nobody said may go any way.' })
  @IsOptional()
  @IsIn(modes)
  readonly mode?: Mode;

  @Listed('Where it was sold.')
  @IsCode({ each: true })
  readonly channels?: readonly string[];

  @Listed('As it was sold, such as `ship`; `return` for what comes back.')
  @IsCode({ each: true })
  readonly methods?: readonly string[];

  @Listed('Of the destination, ISO 3166-1 alpha-2.')
  @IsCountry({ each: true })
  readonly countries?: readonly string[];

  @Listed('Location codes: where it leaves.')
  @IsCode({ each: true })
  readonly locations?: readonly string[];

  @Listed('Any of these goods, parts of kits among them.')
  @IsPlainText(128, { each: true })
  readonly skus?: readonly string[];

  @Listed('Dangerous goods: UN numbers, `lithium-batteries`, `flammables`, `corrosives`, `dry-ice`, or `any`.')
  @IsHazardName()
  readonly hazards?: readonly string[];

  @Listed('How customs codes begin: 2 to 12 digits.')
  @Matches(/^\d{2,12}$/, { each: true, message: 'must be the first 2 to 12 digits of customs codes' })
  readonly hsCodes?: readonly string[];

  @ApiPropertyOptional({ description: 'A parcel heavier than this.' })
  @IsOptional()
  @IsQuantity({ least: 0, most: MOST_GRAMS })
  readonly overGrams?: number;

  @OptionalNested(() => WorthDto, { description: 'Goods worth more than this, in any currency.' })
  readonly overValue?: WorthDto;

  @ApiProperty({ example: 'not-insured', description: 'Stands in `RatesQuoted` as the reason.' })
  @Matches(/^[a-z][a-z0-9-]{0,49}$/, { message: 'must be words in small letters with hyphens, 50 characters at most' })
  readonly code!: string;

  @ApiProperty({ example: 'Insured up to €2,500.', description: 'For people.' })
  @IsPlainText(500)
  @IsNotEmpty()
  readonly detail!: string;
}
