import {
  AsList,
  IsCode,
  IsExternalId,
  IsLineId,
  IsPlainText,
  IsQuantity,
  IsSku,
  IsTruth,
  ListOf,
  NestedList,
  OptionalNested,
  PageQuery,
} from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import type { Reason } from '@cartage/contracts';
import type { OrderedLine } from '../../domain/supply/purchase-order';
import { CostDto, MAX_QUANTITY } from '../stock.dto';
import { ExpectedDto } from './expected.dto';

export class PurchaseOrderPath {
  @ApiProperty({ example: 'PO-1007', description: 'The number that it has in the purchasing system.' })
  @IsExternalId()
  readonly purchaseOrder!: string;
}

/** What is ordered, and where it comes to. */
export class OrderedUnitsDto extends ExpectedDto {
  @ApiProperty({ example: '1', description: 'Unique in the purchase order; stays with what was ordered.' })
  @IsLineId()
  readonly lineId!: string;

  @ApiProperty({ example: '85123A' })
  @IsSku()
  readonly sku!: string;

  @ApiProperty({ example: 'LDN-1' })
  @IsCode()
  readonly location!: string;

  @ApiProperty({ minimum: 1 })
  @IsQuantity({ most: MAX_QUANTITY })
  readonly quantity!: number;

  @OptionalNested(() => CostDto, { description: 'What all of its units cost together: what comes of them costs its share.' })
  readonly cost?: CostDto;
}

export class PurchaseOrderDto {
  @ApiPropertyOptional({ example: 'ACME' })
  @IsOptional()
  @IsPlainText(200)
  readonly supplier?: string;

  @NestedList(() => OrderedUnitsDto, { max: 1_000 }, { description: 'All of them: what is left out will not come.' })
  readonly lines!: OrderedUnitsDto[];

  @ApiPropertyOptional({ example: 'supplier-late', description: 'Why it changes: whose dates move with it is told.' })
  @IsOptional()
  @IsCode()
  readonly reason?: string;
}

export class ReceivedUnitsDto {
  @ApiProperty({ example: '1' })
  @IsLineId()
  readonly lineId!: string;

  @ApiProperty({ minimum: 1, description: 'As many as came, also beyond what was ordered.' })
  @IsQuantity({ most: MAX_QUANTITY })
  readonly quantity!: number;

  @OptionalNested(() => CostDto, { description: 'What these units cost, where it is another than was agreed.' })
  readonly cost?: CostDto;
}

export class PurchaseOrderReceiptDto {
  @NestedList(() => ReceivedUnitsDto, { max: 1_000 })
  readonly lines!: ReceivedUnitsDto[];

  @ApiPropertyOptional({ default: false, description: 'Of these lines no more will come.' })
  @IsOptional()
  @IsBoolean()
  readonly final?: boolean;
}

export class PurchaseOrderClosingDto {
  @ApiPropertyOptional({ type: [String], description: 'Lines of which no more will come; absent: all.' })
  @IsOptional()
  @ListOf({ max: 1_000 })
  @IsLineId({ each: true })
  readonly lineIds?: string[];

  @ApiProperty({ example: 'supplier-out-of-stock' })
  @IsCode()
  readonly reason!: string;

  @ApiPropertyOptional({ description: 'For a person.' })
  @IsOptional()
  @IsPlainText(500)
  readonly detail?: string;
}

export class PurchaseOrdersQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: ['open', 'received', 'cancelled'] })
  @IsOptional()
  @IsIn(['open', 'received', 'cancelled'])
  readonly status?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsPlainText(200)
  readonly supplier?: string;

  @ApiPropertyOptional({ description: 'Of which something is still to come.' })
  @IsOptional()
  @IsSku()
  readonly sku?: string;

  @ApiPropertyOptional({ description: 'To which something is still to come.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;
}

export class SupplyQueryDto extends PageQuery {
  @ApiPropertyOptional({ type: [String], description: 'Give it again for each SKU, up to 200.' })
  @IsOptional()
  @AsList()
  @ListOf({ max: 200 })
  @IsSku({ each: true })
  readonly sku?: string[];

  @ApiPropertyOptional()
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiPropertyOptional({ description: '`true`: only what should have come by now.' })
  @IsOptional()
  @IsTruth()
  readonly overdue?: boolean;
}

/** A record of a file: a line with the purchase order that it belongs to. */
export class PurchaseOrderRecordDto extends OrderedUnitsDto {
  @IsExternalId()
  readonly purchaseOrder!: string;

  @IsOptional()
  @IsPlainText(200)
  readonly supplier?: string;
}

export const orderedLineOf = ({ lineId, sku, location, quantity, expectedAt, cost }: OrderedUnitsDto): OrderedLine => ({
  lineId,
  sku,
  location,
  quantity,
  ...(expectedAt === undefined ? {} : { expectedAt }),
  ...(cost === undefined ? {} : { cost: { amount: cost.amount, currency: cost.currency } }),
});

export const reasonBy = (actor: string, code: string, detail?: string): Reason => ({
  code,
  by: 'operator',
  actor,
  ...(detail === undefined ? {} : { detail }),
});
