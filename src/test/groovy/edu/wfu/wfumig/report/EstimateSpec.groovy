package edu.wfu.wfumig.report

import edu.wfu.wfumig.executor.ExecutorSpec
import java.time.Duration
import spock.lang.Specification

class EstimateSpec extends Specification {
    def 'the median of what earlier runs took, measured by the guess for each, is the pace of the next'() {
        given:
        def graph = ExecutorSpec.graph('sites 22')
        def guess = Estimate.GUESS.of(graph, 1).toMillis()
        def took = { double times -> new Estimate.Earlier(graph, 1, Duration.ofMillis((guess * times) as long)) }

        expect:
        guess > 10_000
        Math.abs(Estimate.learned(earlier.collect { took(it) }).of(graph, 1).toMillis() / guess - pace) < 0.01

        where:
        earlier           | pace
        []                | 1
        [0.5]             | 0.5
        [0.5, 9, 0.6]     | 0.6
    }

    def 'more places shorten it, but never beyond the number of scopes'() {
        given:
        def graph = ExecutorSpec.graph('sites 22, 43')

        expect:
        Estimate.GUESS.of(graph, 2).toMillis() * 2 - Estimate.GUESS.of(graph, 1).toMillis() in [-2L, -1L, 0L, 1L, 2L]
        Estimate.GUESS.of(graph, 8) == Estimate.GUESS.of(graph, 2)
    }
}
