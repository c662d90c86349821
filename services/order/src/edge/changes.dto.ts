import { limits } from '@cartage/contracts';
import { IsCode, IsId, IsInstant, IsLineId, IsSku, NestedList, OptionalNested, OptionalNestedList } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsNumber, IsOptional, IsUUID } from 'class-validator';
import { lossChoices, type LossChoice } from '../domain/lost-parcels';
import { longest } from '../domain/placement';
import { shortageChoices, type ShortageChoice } from '../domain/state';
import { AskedDto, askers, LineUnitsDto, type Asker } from './cancellations.dto';
import { PaymentDto } from './orders.dto';
import { AHEAD } from './ship-groups.dto';

export class HoldDto extends AskedDto {
  @ApiProperty({
    example: 'operator',
    description: 'What it waits for: `operator`, `customer`, `fraud`, `address`, or a word of your own.',
  })
  @IsCode()
  type!: string;

  @OptionalNestedList(
    () => LineUnitsDto,
    { max: limits.lines },
    { description: 'Units of lines; without it and `shipGroupId` the whole order.' },
  )
  lines?: LineUnitsDto[];

  @ApiPropertyOptional({ example: '1', description: 'One ship group.' })
  @IsOptional()
  @IsLineId()
  shipGroupId?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Ends by itself then.' })
  @IsOptional()
  @IsInstant(AHEAD)
  until?: string;
}

export class ReleaseDto {
  @ApiPropertyOptional({ enum: askers, default: 'operator', description: 'Whose decision it is.' })
  @IsOptional()
  @IsIn(askers)
  by?: Asker;
}

class SubstituteDto {
  @ApiProperty({ example: '85123B' })
  @IsSku()
  sku!: string;

  @ApiPropertyOptional({ type: 'integer', description: 'Of one unit, minor units; without it, that of the line.' })
  @IsOptional()
  @IsNumber()
  unitPrice?: number;
}

export class ShortageDto extends AskedDto {
  @ApiProperty({
    enum: shortageChoices,
    description:
      'Wait for stock with all that goes with it; ship what is there and let the rest wait; take another SKU instead; do without what is not there.',
  })
  @IsIn(shortageChoices)
  choice!: ShortageChoice;

  @OptionalNested(() => SubstituteDto, { description: 'With `substitute`: what stands in.' })
  substitute?: SubstituteDto;
}

export class LostParcelsDto extends AskedDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  shipmentId!: string;

  @ApiPropertyOptional({ type: [String], example: ['1'], description: 'Parcel ids; without it all of the shipment that are lost.' })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(1_000)
  @IsId(longest.reference, { each: true })
  parcels?: string[];

  @ApiProperty({ enum: lossChoices, description: 'The money back; or the goods once more, by an order of their own, for nothing.' })
  @IsIn(lossChoices)
  choice!: LossChoice;
}

export class ResendDto extends AskedDto {
  @ApiPropertyOptional({
    example: 'https://shop.example/download/9b2d',
    description: 'Another link or key; without it, the one that was sent before.',
  })
  @IsOptional()
  @IsId(longest.reference)
  readonly reference?: string;
}

export class PaymentsDto {
  @NestedList(() => PaymentDto, { max: 10 })
  payments!: PaymentDto[];

  @ApiPropertyOptional({
    type: [String],
    description: 'Payments that are asked for no more; without it those that were declined, have expired or wait for the customer.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsUUID('all', { each: true })
  replaces?: string[];
}
