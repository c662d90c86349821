import { IsCode, IsId, IsNote, ListOf, OptionalNested, PageQuery } from '@cartage/service-kit';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsOptional, IsUrl, IsUUID, Matches } from 'class-validator';
import { providerMessageStatuses, type ProviderMessageStatus } from '../../app/providers/provider-message';
import { providerNoticeStatuses, type ProviderNoticeStatus } from '../../app/providers/provider-notices';
import { ProviderNoticeDto } from './notice.dto';

const CHANNELS = { min: 0, max: 1_000 };
/** Printable, without blanks. */
const KEY = /^[\x21-\x7e]{8,280}$/;
const keyRule = 'must be 8 to 280 letters, digits and signs without blanks';

export class ProviderPath {
  @ApiProperty({ example: 'loop' })
  @IsCode()
  readonly provider!: string;
}

export class ProviderTermsDto {
  @ApiProperty({ example: 'webhook', description: 'How it speaks: `webhook`, `csv-folder`, `loop` or `simulated`.' })
  @IsCode()
  readonly adapter!: string;

  @ApiPropertyOptional({
    example: 'https://returns.example.com/cartage',
    description: 'Where it is told; of `webhook`. Of `loop`: its API, if not the one that it publishes.',
  })
  @IsOptional()
  @IsUrl(
    { protocols: ['https', 'http'], require_protocol: true, require_tld: false, disallow_auth: true },
    { message: 'must be the address of a page without a user in it' },
  )
  @Matches(/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/])/, { message: 'must begin with https://' })
  readonly endpoint?: string;

  @ApiPropertyOptional({
    writeOnly: true,
    description:
      'What is posted is signed with it. Of `webhook`: base64, at least 24 bytes (Standard Webhooks); of `loop`: that of its webhook. Absent: as it was. The one before a new one still proves what comes in.',
  })
  @IsOptional()
  @Matches(KEY, { message: keyRule })
  readonly secret?: string;

  @ApiPropertyOptional({ writeOnly: true, description: 'Of `loop`: the key of its API, with the scope Returns. Absent: as it was.' })
  @IsOptional()
  @Matches(KEY, { message: keyRule })
  readonly apiKey?: string;

  @ApiProperty({
    type: [String],
    minItems: CHANNELS.min,
    maxItems: CHANNELS.max,
    example: ['web'],
    description: 'Sales channels: of their orders it is told, and may speak. Each has one provider at most.',
  })
  @ListOf(CHANNELS)
  @IsCode({ each: true })
  readonly channels!: readonly string[];
}

export class CatchUpDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'The `next` of the call before; absent: from the beginning.' })
  @IsOptional()
  @IsUUID()
  readonly after?: string;
}

export class ProviderMessagesQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: providerMessageStatuses })
  @IsOptional()
  @IsIn(providerMessageStatuses)
  readonly status?: ProviderMessageStatus;
}

export class ProviderNoticesQueryDto extends PageQuery {
  @ApiPropertyOptional({ enum: providerNoticeStatuses })
  @IsOptional()
  @IsIn(providerNoticeStatuses)
  readonly status?: ProviderNoticeStatus;
}

export class ProviderMessagePath extends ProviderPath {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly messageId!: string;
}

export class ProviderNoticePath extends ProviderPath {
  @ApiProperty({ example: 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W' })
  @IsId(200)
  readonly noticeId!: string;
}

export class ProviderDropDto {
  @ApiProperty({ example: 'Told them by phone.', description: 'For whoever asks later.' })
  @IsNote(1_000)
  @IsNotEmpty()
  readonly reason!: string;
}

export class ProviderResubmitDto {
  @OptionalNested(() => ProviderNoticeDto, { description: 'As it should have been; absent: as it came.' })
  readonly notice?: ProviderNoticeDto;
}
