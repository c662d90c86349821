import { dispositions, limits, type Disposition } from '@cartage/contracts';
import { IsCode, IsExternalId, IsNote, IsQuantity, IsSku, NestedList, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsOptional, IsUUID } from 'class-validator';
import { unknownGoodsStatuses, type UnknownGoodsStatus } from '../domain/unknown-goods/unknown-goods';
import { Photos } from './photos';

const size = { max: limits.lines };
const lost = dispositions.filter((each) => each !== 'missing' && each !== 'restock');

class UnknownItemDto {
  @ApiPropertyOptional({ example: 'MUG', description: 'As far as it can be guessed.' })
  @IsOptional()
  @IsSku()
  readonly sku?: string;

  @ApiProperty({ example: 1, description: 'Units.' })
  @IsQuantity()
  readonly quantity!: number;
}

export class ReceiveUnknownGoodsDto {
  @ApiProperty({ example: 'LDN-1', description: 'Code of the location where they are.' })
  @IsCode()
  readonly location!: string;

  @NestedList(() => UnknownItemDto, size)
  readonly items!: UnknownItemDto[];

  @ApiPropertyOptional({ example: 'royal-mail' })
  @IsOptional()
  @IsCode()
  readonly carrier?: string;

  @ApiPropertyOptional({ example: 'RM123456789GB' })
  @IsOptional()
  @IsExternalId()
  readonly trackingNumber?: string;

  @ApiPropertyOptional({ description: 'What stands on the label; it may be personal and is kept sealed.' })
  @IsOptional()
  @IsNote(2_000)
  @IsNotEmpty()
  readonly label?: string;

  @Photos('Where pictures of them are; only the URLs are kept.')
  readonly photos?: string[];
}

class MatchedItemDto {
  @ApiProperty({ example: 'MUG', description: 'What it really is.' })
  @IsSku()
  readonly sku!: string;

  @ApiProperty({ example: 1, description: 'Units.' })
  @IsQuantity()
  readonly quantity!: number;
}

export class MatchUnknownGoodsDto {
  @ApiProperty({ format: 'uuid', description: 'The order that they are of.' })
  @IsUUID()
  readonly orderId!: string;

  @NestedList(() => MatchedItemDto, size)
  readonly lines!: MatchedItemDto[];

  @ApiProperty({ example: 'The slip was inside.', description: 'How that was found out.' })
  @IsNote(1_000)
  @IsNotEmpty()
  readonly note!: string;
}

export class DisposeUnknownGoodsDto {
  @ApiProperty({ enum: lost, description: 'What becomes of them.' })
  @IsIn(lost)
  readonly disposition!: Disposition;

  @ApiProperty({ description: 'Why.' })
  @IsNote(1_000)
  @IsNotEmpty()
  readonly note!: string;
}

export class UnknownGoodsQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: unknownGoodsStatuses })
  @IsOptional()
  @IsIn(unknownGoodsStatuses)
  readonly status?: UnknownGoodsStatus;

  @ApiPropertyOptional({ example: 'LDN-1' })
  @IsOptional()
  @IsCode()
  readonly location?: string;
}
