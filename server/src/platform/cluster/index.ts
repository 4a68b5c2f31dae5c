/** Cluster: several server processes over one PostgreSQL. */
export { type Cluster, type ClusterDoors, type ClusterFigures, type ClusterOptions, openCluster } from './cluster.ts'
export type { ClusterNotice } from './notices.ts'
export { clusterMigrations } from './tables.ts'
