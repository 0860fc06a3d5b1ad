/**
 * Whether every kill is wanted, which takes many minutes more: `npm run test:faults` sets it. `npm test` runs a share that passes
 * every point at which a process can die at least once, in the three processes of the thirty days.
 */
export const WHOLE_SHARE = process.env['CONCORD_TEST_SHARE'] === 'whole';
