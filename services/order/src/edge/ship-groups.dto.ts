import { IsCode, IsId, IsInstant, IsLineId, IsNote, IsPlainText, OptionalNested, OptionalNestedList } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsNumber, IsOptional } from 'class-validator';
import { longest } from '../domain/placement';
import { TaxLineDto } from './order-lines.dto';

/** Promises and holds lie ahead; how far is the domain's to say. */
export const AHEAD = { aheadMs: 10 * 366 * 86_400_000 };

export class RecipientDto {
  @ApiProperty({ example: 'Ada Miller' })
  @IsPlainText(longest.name)
  name!: string;

  @ApiPropertyOptional({ example: 'ada@example.org' })
  @IsOptional()
  @IsPlainText(longest.email)
  email?: string;

  @ApiPropertyOptional({ example: '+44 20 7946 0000' })
  @IsOptional()
  @IsPlainText(longest.phone)
  phone?: string;
}

export class ShipToDto {
  @ApiProperty({ type: [String], example: ['1 High Street'] })
  @IsArray()
  @ArrayMaxSize(10)
  @IsPlainText(longest.addressLine, { each: true })
  lines!: string[];

  @ApiProperty({ example: 'London' })
  @IsPlainText(longest.city)
  city!: string;

  @ApiPropertyOptional({ description: 'State or province.' })
  @IsOptional()
  @IsPlainText(longest.region)
  region?: string;

  @ApiPropertyOptional({ example: 'EC1A 1BB' })
  @IsOptional()
  @IsPlainText(longest.postalCode)
  postalCode?: string;

  @ApiProperty({ example: 'GB', description: 'ISO 3166-1 alpha-2.' })
  @IsPlainText(longest.code)
  country!: string;

  @ApiPropertyOptional({ example: 51.5155, description: 'Degrees; told to others rounded to 2 places.' })
  @IsOptional()
  @IsNumber()
  latitude?: number;

  @ApiPropertyOptional({ example: -0.0984 })
  @IsOptional()
  @IsNumber()
  longitude?: number;
}

/** How a ship group is delivered, but for what it costs. */
export class DeliveryTermsDto {
  @ApiPropertyOptional({
    example: 99,
    type: 'integer',
    default: 0,
    description: 'Of the charge, on top of it or in it; or tell each in `taxLines`.',
  })
  @IsOptional()
  @IsNumber()
  tax?: number;

  @OptionalNestedList(() => TaxLineDto, { min: 0, max: 100 })
  taxLines?: TaxLineDto[];

  @ApiPropertyOptional({ example: 'next-day', description: 'The delivery service that was sold.' })
  @IsOptional()
  @IsPlainText(longest.service)
  service?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'To be handed over until then.' })
  @IsOptional()
  @IsInstant(AHEAD)
  shipBy?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Promised to be delivered until then.' })
  @IsOptional()
  @IsInstant(AHEAD)
  deliverBy?: string;
}

export class DeliveryDto extends DeliveryTermsDto {
  @ApiProperty({
    example: 495,
    type: 'integer',
    description: 'What is charged for it, minor units; with tax if the order says `taxIncluded`.',
  })
  @IsNumber()
  amount!: number;
}

/** Lines of an order that go to one place in one way. */
export class ShipGroupDto {
  @ApiProperty({ example: 'gift', description: 'Unique in the order; lines name it.' })
  @IsLineId()
  shipGroupId!: string;

  @ApiPropertyOptional({
    example: 'ship',
    default: 'ship',
    description:
      '`ship`; `pickup`: the customer fetches it where it is; `ship-to-store`: it is sent to where the customer fetches it; `carry-out`: sold at a counter, the customer walks out with it; `digital`: a link or a key.',
  })
  @IsOptional()
  @IsCode()
  method?: string;

  @OptionalNested(() => ShipToDto, { description: 'Without it, where the order goes. Only with `ship` and `ship-to-store`.' })
  shipTo?: ShipToDto;

  @OptionalNested(() => RecipientDto, { description: 'Who receives it; without it, who bought it.' })
  recipient?: RecipientDto;

  @ApiPropertyOptional({
    example: 'LDN-1',
    description:
      'With `pickup`, `ship-to-store` and `carry-out`: the location where the customer gets it. With `digital`: where keys are kept, if they are counted.',
  })
  @IsOptional()
  @IsCode()
  pickupLocation?: string;

  @ApiPropertyOptional({
    example: 'https://shop.example/download/7f1c',
    description: 'With `digital`: the link or licence key that the customer gets when it is paid. Kept sealed, like who ordered it.',
  })
  @IsOptional()
  @IsId(longest.reference)
  reference?: string;

  @OptionalNested(() => DeliveryDto, { description: 'How it is delivered, and what that costs.' })
  shipping?: DeliveryDto;

  @ApiPropertyOptional({ description: 'For whoever packs it, or hands it over.' })
  @IsOptional()
  @IsNote(longest.instructions)
  instructions?: string;
}
