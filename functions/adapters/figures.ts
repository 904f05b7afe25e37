import { Metrics } from '@aws-lambda-powertools/metrics'
import { MetricsEnvironment } from '../../shared/contracts/environment.ts'
import { sweepDimensions, type SweepFigures, sweepUnits } from '../../shared/contracts/metrics.ts'
import { readEnvironment, type Variables } from './environment.ts'

/** Where figures for alarms and the dashboard go. */
export interface Figures {
  readonly put: (figures: SweepFigures) => void
}

/** In the log, in the embedded metric format, out of which CloudWatch takes them: no call and no permission. */
export const createFigures = (variables: Variables): Figures => {
  const namespace = readEnvironment(MetricsEnvironment, variables).METRICS_NAMESPACE
  const metrics = new Metrics({ namespace, serviceName: sweepDimensions.service })
  return {
    put: (figures) => {
      for (const name of Object.keys(sweepUnits) as readonly (keyof SweepFigures)[])
        metrics.addMetric(name, sweepUnits[name], figures[name])
      metrics.publishStoredMetrics()
    },
  }
}
