/** An archive in S3. Loaded only when a plan asks for it: the AWS SDK takes half a second to start. */
@NullMarked
package edu.wfu.wfumig.archive.s3;

import org.jspecify.annotations.NullMarked;
