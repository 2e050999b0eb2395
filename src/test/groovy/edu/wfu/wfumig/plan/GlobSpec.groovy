package edu.wfu.wfumig.plan

import edu.wfu.wfumig.Location
import spock.lang.Specification

class GlobSpec extends Specification {
    def '#pattern against #name: #matches'() {
        expect:
        new Glob(pattern, new Location('x', 1)).matches(name) == matches

        where:
        pattern       | name             || matches
        '*'           | 'wp_posts'       || true
        '*_posts'     | 'wp_43_posts'    || true
        '*_posts'     | 'wp_43_postsx'   || false
        'wp_?_posts'  | 'wp_4_posts'     || true
        'wp_?_posts'  | 'wp_43_posts'    || false
        '*_a_*'       | 'wp_a_b_a_c'     || true
        'wp.posts'    | 'wpxposts'       || false
        'a*b*c'       | 'aXbXbXc'        || true
        'a*b*c'       | 'aXbXbX'         || false
        ''            | ''               || true
        '**'          | 'x'              || true
    }
}
