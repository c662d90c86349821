import { ListOf } from '@cartage/service-kit';
import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUrl, MaxLength } from 'class-validator';

/** Where pictures of goods are: the URLs are kept, and nothing is fetched. Who may see them is up to whoever keeps them. */
export const Photos = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ example: ['https://photos.example.com/1.jpg'], description }),
    IsOptional(),
    ListOf({ max: 20 }),
    MaxLength(2_000, { each: true }),
    IsUrl({ protocols: ['https'], require_protocol: true, require_tld: false }, { each: true }),
  );
