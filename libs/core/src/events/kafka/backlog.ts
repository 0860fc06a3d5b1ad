import type { Administrator } from './administrator.js';

/** Where the group of consumers stands in one partition. Offsets are beyond what a double holds only in theory: Kafka counts from 0. */
export interface PartitionStand {
  readonly partition: number;
  /** The first offset that the topic still has, the first that it does not have yet, and the first not handled. */
  readonly low: number;
  readonly high: number;
  readonly next: number;
  /** Whether events were removed by the topic's retention before they were handled. */
  readonly lost: number;
}

/** @throws KafkaJSError or Error while the cluster does not answer */
export async function standOf(administrator: Administrator, topic: string, groupId: string): Promise<PartitionStand[]> {
  const [offsets, committed] = await administrator.ask((admin) =>
    Promise.all([admin.fetchTopicOffsets(topic), admin.fetchOffsets({ groupId, topics: [topic] })]),
  );
  const handled = new Map(committed[0]?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  return offsets.map(({ partition, high, low }) => {
    const stated = handled.get(partition) ?? -1;
    const first = Number(low);
    // A group that never committed begins at the start.
    const next = Math.max(first, stated);
    return { partition, low: first, high: Number(high), next, lost: stated < 0 ? 0 : Math.max(0, first - stated) };
  });
}

export function backlogOf(stand: readonly PartitionStand[]): number {
  return stand.reduce((sum, { high, next }) => sum + Math.max(0, high - next), 0);
}
