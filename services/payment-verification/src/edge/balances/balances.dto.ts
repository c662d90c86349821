import { limits } from '@cartage/contracts';
import { IsCode, IsCurrency, IsExternalId, IsId, IsInstant, IsMoney, IsPlainText, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID, ValidateBy } from 'class-validator';
import { balanceKinds } from '../../app/views/balance-list';
import type { BalanceKind } from '../../domain/balances/balance';

const causes = ['sold', 'topped-up', 'goodwill'] as const;
const FAR = { aheadMs: 50 * 366 * 86_400_000 };

export class BalanceCreditDto {
  @ApiProperty({ description: 'Minor units of the currency.' })
  @IsMoney({ least: 1 })
  readonly amount!: number;

  @ApiProperty({
    enum: causes,
    description: 'Why we owe it: somebody paid for it (`sold`, `topped-up`), or nobody did (`goodwill`). The books follow from it.',
  })
  @IsIn(causes)
  readonly cause!: (typeof causes)[number];

  @ApiPropertyOptional({ example: 'late-delivery', description: 'Why: a stable code.' })
  @IsOptional()
  @IsCode()
  readonly reasonCode?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'The order on whose invoice it was sold.' })
  @IsOptional()
  @IsUUID()
  readonly orderId?: string;

  @ApiPropertyOptional({ example: 'POS-4711', description: 'Your own number of it. Kept for ever: nothing personal.' })
  @IsOptional()
  @IsExternalId()
  readonly reference?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'What is left then ends. Without it: as before, or never.' })
  @IsOptional()
  @IsInstant(FAR)
  readonly expiresAt?: string;
}

/** Sixteen letters and digits at least, blanks and dashes apart: fewer could be guessed. */
const isLongEnough = (value: unknown): boolean =>
  typeof value === 'string' && /^[A-Z0-9 -]{16,64}$/i.test(value) && value.replaceAll(/[ -]/g, '').length >= 16;
const IsGiftCardCode = (): PropertyDecorator =>
  ValidateBy({
    name: 'codeTooShort',
    validator: { validate: isLongEnough, defaultMessage: () => 'must have 16 to 64 letters and digits: a shorter code could be guessed' },
  });

export class GiftCardDto extends BalanceCreditDto {
  @ApiProperty({ example: 'GBP', description: 'ISO 4217.' })
  @IsCurrency()
  readonly currency!: string;

  @ApiPropertyOptional({
    example: 'K7WQ-93ZB-M2XD-6RTA-7Q2M',
    description: 'The code of a card that was printed elsewhere. Without it one is made, and answered this once.',
    minLength: 16,
    maxLength: 64,
  })
  @IsOptional()
  @IsGiftCardCode()
  readonly code?: string;
}

export class StoreCreditDto extends BalanceCreditDto {
  @ApiProperty({ example: 'GBP', description: 'ISO 4217.' })
  @IsCurrency()
  readonly currency!: string;

  @ApiPropertyOptional({ example: 'customer-7', description: 'Whose it is, as the channel names him in orders. This or `email`.' })
  @IsOptional()
  @IsId(200)
  readonly customerId?: string;

  @ApiPropertyOptional({ example: 'ada@example.org', description: 'Whose it is: only a keyed hash of it is kept. This or `customerId`.' })
  @IsOptional()
  @IsPlainText(320)
  readonly email?: string;
}

export class CodeDto {
  @ApiProperty({ example: 'K7WQ-93ZB-M2XD-6RTA-7Q2M', description: 'The code of a gift card.', minLength: 16, maxLength: 64 })
  @IsGiftCardCode()
  readonly code!: string;
}

const isAdjustment = (value: unknown): boolean =>
  typeof value === 'number' && Number.isSafeInteger(value) && value !== 0 && Math.abs(value) <= limits.amount;

export class BalanceAdjustmentDto {
  @ApiProperty({
    type: 'integer',
    minimum: -limits.amount,
    maximum: limits.amount,
    description: 'Minor units of the currency: above zero we owe more, below it less. Not 0.',
  })
  @ValidateBy({
    name: 'adjustmentInvalid',
    validator: {
      validate: isAdjustment,
      defaultMessage: () => `must be a whole number from ${-limits.amount} to ${limits.amount}, and not 0`,
    },
  })
  readonly amount!: number;

  @ApiProperty({ example: 'counted-wrong', description: 'Why: a stable code.' })
  @IsCode()
  readonly reasonCode!: string;

  @ApiPropertyOptional({ description: 'Your own number of it. Kept for ever: nothing personal.' })
  @IsOptional()
  @IsExternalId()
  readonly reference?: string;
}

export class BalanceReasonDto {
  @ApiProperty({ example: 'reported-stolen', description: 'Why: a stable code.' })
  @IsCode()
  readonly reasonCode!: string;
}

export class BalancesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: balanceKinds })
  @IsOptional()
  @IsIn(balanceKinds)
  readonly kind?: BalanceKind;

  @ApiPropertyOptional({ format: 'uuid', description: 'The exchange that pays for this order.' })
  @IsOptional()
  @IsUUID()
  readonly orderId?: string;

  @ApiPropertyOptional({ description: 'Store credits of one customer.' })
  @IsOptional()
  @IsId(200)
  readonly customerId?: string;
}
