import { IsCode, IsExternalId, IsLineId, IsPlainText, IsQuantity, NestedList, OptionalNestedList, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { MAX_QUANTITY, StockLineDto } from '../stock.dto';
import { ExpectedDto } from './expected.dto';

const MAX_LINES = 1_000;

export class TransferPath {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly transferId!: string;
}

export class TransferDto extends ExpectedDto {
  @ApiProperty({ example: 'LDN-1' })
  @IsCode()
  readonly from!: string;

  @ApiProperty({ example: 'PAR-1' })
  @IsCode()
  readonly to!: string;

  @ApiPropertyOptional({ example: 'TO-207', description: 'The document behind it.' })
  @IsOptional()
  @IsExternalId()
  readonly reference?: string;

  @NestedList(() => StockLineDto, { max: MAX_LINES }, { description: 'They are numbered from 1.' })
  readonly lines!: StockLineDto[];
}

export class TransferUnitsDto {
  @ApiProperty({ example: '1' })
  @IsLineId()
  readonly lineId!: string;

  @ApiProperty({ minimum: 1 })
  @IsQuantity({ most: MAX_QUANTITY })
  readonly quantity!: number;
}

export class TransferDispatchDto extends ExpectedDto {
  @OptionalNestedList(
    () => TransferUnitsDto,
    { max: MAX_LINES },
    { description: 'What leaves; absent: all that was planned. The rest will not leave.' },
  )
  readonly lines?: TransferUnitsDto[];
}

export class TransferReschedulingDto extends ExpectedDto {
  @ApiPropertyOptional({ example: 'carrier-late', description: 'Why: whose dates move with it is told.' })
  @IsOptional()
  @IsCode()
  readonly reason?: string;
}

export class LostUnitsDto extends TransferUnitsDto {
  @ApiProperty({ example: 'damage', description: '`damage`, `loss` or `theft`; other codes are kept as they are.' })
  @IsCode()
  readonly cause!: string;
}

export class TransferReceiptDto {
  @OptionalNestedList(() => TransferUnitsDto, { max: MAX_LINES }, { description: 'What came.' })
  readonly lines?: TransferUnitsDto[];

  @OptionalNestedList(() => LostUnitsDto, { max: MAX_LINES }, { description: 'What will not come.' })
  readonly lost?: LostUnitsDto[];
}

export class TransferCancellationDto {
  @ApiProperty({ example: 'not-needed' })
  @IsCode()
  readonly reason!: string;

  @ApiPropertyOptional({ description: 'For a person.' })
  @IsOptional()
  @IsPlainText(500)
  readonly detail?: string;
}

const STATUSES = ['planned', 'in-transit', 'closed', 'cancelled'];

export class TransfersQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  readonly status?: string;

  @ApiPropertyOptional({ description: 'From which it goes, or to which.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;
}
