import { dispositions, grades, limits, type Disposition, type Grade } from '@cartage/contracts';
import { IsCode, IsCurrency, IsId, IsLineId, IsMoney, IsNote, IsQuantity, IsSku, OptionalNestedList } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsOptional, IsUUID } from 'class-validator';
import { refundTenders, type RefundTender } from '../../domain/policy';
import { providerNoticeKinds, type ProviderNotice } from '../../domain/provider-notice';

const standings = ['requested', 'approved'] as const;
const decisions = ['authorize', 'decline'] as const;
const ends = ['closed', 'cancelled'] as const;

export class ProviderLineDto {
  @ApiPropertyOptional({ example: '1', description: 'Line of the order. Of what came in, found by the SKU if absent.' })
  @IsOptional()
  @IsLineId()
  readonly lineId?: string;

  @ApiPropertyOptional({ example: 'MUG', description: 'Of `received` and `graded`: what it is.' })
  @IsOptional()
  @IsSku()
  readonly sku?: string;

  @ApiPropertyOptional({ example: 1, description: 'Units; not of `decided`.' })
  @IsOptional()
  @IsQuantity()
  readonly quantity?: number;

  @ApiPropertyOptional({ example: 'too-small', description: 'Of `requested`: the customer’s reason code.' })
  @IsOptional()
  @IsCode()
  readonly reason?: string;

  @ApiPropertyOptional({ enum: grades, description: 'Of `graded`: the condition; absent only of what is missing.' })
  @IsOptional()
  @IsIn(grades)
  readonly grade?: Grade;

  @ApiPropertyOptional({ enum: dispositions, description: 'Of `graded`: what becomes of it; the policy’s choice if absent.' })
  @IsOptional()
  @IsIn(dispositions)
  readonly disposition?: Disposition;
}

/** What a returns provider says. */
export class ProviderNoticeDto {
  @ApiProperty({ enum: providerNoticeKinds })
  @IsIn(providerNoticeKinds)
  readonly type!: ProviderNotice['kind'];

  @ApiProperty({ example: 'RMA-10023', description: 'The provider’s own of the return: every notice of it names it.' })
  @IsId(100)
  readonly reference!: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Of `requested`.' })
  @IsOptional()
  @IsUUID()
  readonly orderId?: string;

  @ApiPropertyOptional({
    enum: standings,
    default: 'requested',
    description: 'Of `requested`: our policy judges it, or the provider has approved it.',
  })
  @IsOptional()
  @IsIn(standings)
  readonly standing?: (typeof standings)[number];

  @ApiPropertyOptional({ enum: refundTenders, description: 'Of `requested` and `refund-due`: in which way the customer is paid.' })
  @IsOptional()
  @IsIn(refundTenders)
  readonly tender?: RefundTender;

  @ApiPropertyOptional({ enum: decisions, description: 'Of `decided`.' })
  @IsOptional()
  @IsIn(decisions)
  readonly decision?: (typeof decisions)[number];

  @ApiPropertyOptional({ example: 'The photos show it.', description: 'Of `decided`: why. Nothing personal.' })
  @IsOptional()
  @IsNote(1_000)
  @IsNotEmpty()
  readonly note?: string;

  @ApiPropertyOptional({
    example: 'RECEIPT-7',
    description: 'Of `received` and `graded`: the provider’s own of what it did. Told again in another message, it is the same.',
  })
  @IsOptional()
  @IsId(100)
  readonly id?: string;

  @ApiPropertyOptional({ example: 'LDN-1', description: 'Of `received`: location code.' })
  @IsOptional()
  @IsCode()
  readonly location?: string;

  @ApiPropertyOptional({ example: 'REFUND-7', description: 'Of `refund-due`: the provider’s own, paid once.' })
  @IsOptional()
  @IsId(100)
  readonly refundId?: string;

  @ApiPropertyOptional({ example: 1_800, description: 'Of `refund-due`: minor units, not more than was paid for these units.' })
  @IsOptional()
  @IsMoney()
  readonly amount?: number;

  @ApiPropertyOptional({ example: 'GBP', description: 'Of `refund-due`: that of the order.' })
  @IsOptional()
  @IsCurrency()
  readonly currency?: string;

  @ApiPropertyOptional({ enum: ends, description: 'Of `ended`: nothing more comes of it, or it came to nothing.' })
  @IsOptional()
  @IsIn(ends)
  readonly how?: (typeof ends)[number];

  @OptionalNestedList(() => ProviderLineDto, { max: limits.lines }, { description: 'For which units; of `decided`: only these lines.' })
  readonly lines?: readonly ProviderLineDto[];
}
