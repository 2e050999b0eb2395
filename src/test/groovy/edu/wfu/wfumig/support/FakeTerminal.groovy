package edu.wfu.wfumig.support

import edu.wfu.wfumig.cli.Terminal
import groovy.transform.CompileStatic

/** Somebody who types what a spec says; nobody, when it says nothing. */
@CompileStatic
class FakeTerminal implements Terminal {
    /** Answers to come; null when nobody sits there. */
    List<String> answers
    /** What a script gives on standard input. */
    String given = ''
    final List<String> questions = []

    @Override
    boolean present() { answers != null }

    @Override
    String ask(String question) {
        questions << question
        answers ? answers.remove(0) : null
    }

    @Override
    String askHidden(String question) { ask(question) }

    @Override
    String input() { given }
}
