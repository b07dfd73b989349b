# One image for all that Barocall runs in containers; the first word of the command says which part.
# It is made of the jars that `mvn package` left, so that containers run what was built and tested.
# docs/decisions/images.md says why it is cut as it is.
ARG JAVA=eclipse-temurin:17-jre

FROM ${JAVA} AS layers
WORKDIR /jars
COPY local-stack/target/local-stack-0.1.0-exec.jar local-stack.jar
COPY intake-service/target/intake-service-0.1.0.jar intake-service.jar
COPY routing-service/target/routing-service-0.1.0.jar routing-service.jar
COPY notification-service/target/notification-service-0.1.0.jar notification-service.jar
COPY analytics-service/target/analytics-service-0.1.0.jar analytics-service.jar
# All into the same folders: what the five have in common is there once.
RUN for jar in *.jar; do java -Djarmode=tools -jar "$jar" extract --layers --force --destination /layers || exit 1; done

FROM ${JAVA} AS runtime
COPY --from=layers /layers/dependencies/ /barocall/
COPY --from=layers /layers/snapshot-dependencies/ /barocall/
COPY --from=layers /layers/application/ /barocall/
COPY deploy/image/run deploy/image/prepare /barocall/bin/
ENV PATH=/barocall/bin:$PATH LANG=C.UTF-8
WORKDIR /barocall

# Each service lives once, with a broker and a store, so that the classes that it loads are archived.
FROM runtime AS training
COPY cities /training/cities
COPY deploy/image/train /training/
RUN /training/train /barocall/archives

FROM runtime
COPY --from=training /barocall/archives /barocall/archives
USER 1000:1000
ENTRYPOINT ["run"]
