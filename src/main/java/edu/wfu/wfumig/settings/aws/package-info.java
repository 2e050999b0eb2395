/** Secrets in AWS Secrets Manager. */
@NullMarked
package edu.wfu.wfumig.settings.aws;

import org.jspecify.annotations.NullMarked;
