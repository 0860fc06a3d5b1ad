import type { RulesPreview, RulesPreviewOrder } from '@concord/core/rules/rules-previews';
import type { Operation } from './operation.js';

export const rulesPreview: Operation<RulesPreviewOrder, RulesPreview> = {
  name: 'rules preview',
  works: false,
  run: async (app, order) => {
    const { RulesPreviews } = await import('@concord/core/rules/rules-previews');
    return app.get(RulesPreviews).preview(order);
  },
};
