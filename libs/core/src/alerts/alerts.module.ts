import { Module } from '@nestjs/common';
import { AlertsController } from './http/alerts.controller.js';

/** What the gateway shows of alerts. */
@Module({ controllers: [AlertsController] })
export class AlertsModule {}
