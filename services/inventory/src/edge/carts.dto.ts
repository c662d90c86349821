import { IsCode, IsQuantity, IsSku, NestedList, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';
import { StockLineDto } from './stock.dto';

const A_DAY = 86_400;
const USUAL = 900;

export class HoldingDto {
  @ApiPropertyOptional({ default: USUAL, description: 'For how many seconds it is kept, from now on.' })
  @IsOptional()
  @IsQuantity({ most: A_DAY })
  readonly ttlSeconds?: number;
}

export class CartReservationDto extends HoldingDto {
  @ApiPropertyOptional({ example: 'web', description: 'Where it is filled: what is held back from the channel is not kept for it.' })
  @IsOptional()
  @IsCode()
  readonly channel?: string;

  @NestedList(() => StockLineDto, { max: 1_000 }, { description: 'All of it is kept, or nothing.' })
  readonly lines!: StockLineDto[];
}

export const ttlOf = ({ ttlSeconds = USUAL }: HoldingDto): number => ttlSeconds * 1_000;

export class ReservationIdDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly reservationId!: string;
}

export class CartReservationsQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only those that keep some of this SKU.' })
  @IsOptional()
  @IsSku()
  readonly sku?: string;
}
